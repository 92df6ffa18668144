package memory_test

import (
	"fmt"

	"parkmap/internal/cql2"
	"parkmap/internal/cql2/memory"
)

// park has a name and an area.
type park struct {
	name string
	area float64
}

func (p park) Value(column int) memory.Value {
	if column == 0 {
		return memory.Value{Kind: memory.Text, Text: p.name}
	}
	return memory.Value{Kind: memory.Number, Number: p.area}
}

func ExampleCompile() {
	e, err := cql2.Parse("CASEI(name) LIKE CASEI('pine%') AND area BETWEEN 1 AND 10")
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := e.For(cql2.Schema{"name": cql2.TypeText, "area": cql2.TypeNumber})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := memory.Compile(f, func(name string) int { return map[string]int{"name": 0, "area": 1}[name] })
	for _, row := range []park{{"Pine Park", 3}, {"PINE GARDEN", 30}, {"Oak Park", 3}} {
		fmt.Println(row.name, p.Matches(row))
	}
	// Output:
	// Pine Park true
	// PINE GARDEN false
	// Oak Park false
}
