package mapstyle

import "parkmap/internal/scene"

// expression is one of the specification: the name of an operator, then what it is applied to.
type expression []any

func get(name string) expression { return expression{"get", name} }

func is(name string, value any) expression { return expression{"==", get(name), value} }

func all(of ...any) expression { return append(expression{"all"}, of...) }

func not(e expression) expression { return expression{"!", e} }

// byZoom goes straight from value to value: zoom, value, zoom, value.
func byZoom(stops ...any) expression {
	return append(expression{"interpolate", expression{"linear"}, expression{"zoom"}}, stops...)
}

// fromZoom jumps: the first value holds until the first zoom, and so on.
func fromZoom(first any, steps ...any) expression {
	return append(expression{"step", expression{"zoom"}, first}, steps...)
}

// nameIn returns the name of a feature in a language, the short one first where that is asked for, or any other
// that it has.
func nameIn(lang string, short bool) expression {
	zh, en := []any{get("name_zh")}, []any{get("name_en")}
	if short {
		zh, en = []any{get("short_zh"), get("name_zh")}, []any{get("short_en"), get("name_en")}
	}
	if lang == scene.English {
		zh, en = en, zh
	}
	out := append(expression{"coalesce"}, zh...)
	return append(append(out, en...), "")
}

// onlyIn returns the name of a feature in a language, empty where it has none.
func onlyIn(lang string) expression {
	return expression{"coalesce", get("short_" + lang), get("name_" + lang), ""}
}

func other(lang string) string {
	if lang == scene.English {
		return scene.Chinese
	}
	return scene.English
}
