package cql2

import (
	"encoding/json"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// MarshalJSON returns e as CQL2 JSON, which ParseJSON reads as the same tree.
func (e *Expression) MarshalJSON() ([]byte, error) {
	return layout.MarshalJSON(jsonOf(e.root))
}

// operation is an operator as JSON.
type operation struct {
	Op   string `json:"op"`
	Args []any  `json:"args"`
}

// jsonOf returns n as a value that encodes as CQL2 JSON.
func jsonOf(n *Node) any {
	switch n.Op {
	case OpBool:
		return n.Bool
	case OpNumber:
		return json.RawMessage(number(n.Number))
	case OpText:
		return n.Text
	case OpProperty:
		return propertyJSON{n.Text}
	case OpDate:
		return map[string]string{"date": n.momentText()}
	case OpTimestamp:
		return map[string]string{"timestamp": n.momentText()}
	case OpInterval:
		return map[string]any{"interval": []any{boundJSON(n.Args[0]), boundJSON(n.Args[1])}}
	case OpBBox:
		return map[string]any{"bbox": n.Box}
	case OpGeometry:
		return geo.JSON(n.Geometry)
	case OpList:
		return listJSON(n.Args)
	case OpIn:
		return operation{ops[n.Op].json, []any{jsonOf(n.Args[0]), listJSON(n.Args[1:])}}
	}
	return operation{ops[n.Op].json, listJSON(n.Args)}
}

func listJSON(nodes []*Node) []any {
	out := make([]any, len(nodes))
	for i, n := range nodes {
		out[i] = jsonOf(n)
	}
	return out
}

type propertyJSON struct {
	Property string `json:"property"`
}

func boundJSON(n *Node) any {
	switch n.Op {
	case OpProperty:
		return propertyJSON{n.Text}
	case OpUnbounded:
		return ".."
	}
	return n.momentText()
}
