package memory

// truth is a value of the logic of SQL. AND is the least, OR the greatest, NOT the opposite.
type truth int8

const (
	no      truth = -1
	unknown truth = 0
	yes     truth = 1
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// value returns t as a value; unknown is absent.
func (t truth) value() Value {
	if t == unknown {
		return Value{}
	}
	return Value{Kind: Bool, Bool: t == yes}
}

func (v Value) truth() truth {
	if v.Kind != Bool {
		return unknown
	}
	return truthOf(v.Bool)
}
