package source

import "strings"

// weightOf returns how much a client that says acceptEncoding (RFC 9110, section 12.5.3) wants a coding, from 0,
// not at all, to 1000. The coding's own weight goes before that of "*". What cannot be read counts as 0.
func weightOf(acceptEncoding, coding string) int {
	any := 0
	for rest := acceptEncoding; rest != ""; {
		var item string
		item, rest, _ = strings.Cut(rest, ",")
		name, parameters, _ := strings.Cut(item, ";")
		name = strings.TrimSpace(name)
		switch {
		case strings.EqualFold(name, coding):
			return parseWeight(parameters)
		case name == "*":
			any = parseWeight(parameters)
		}
	}
	return any
}

// parseWeight reads "q=0.123" as 123; no text means 1000.
func parseWeight(s string) int {
	s = strings.TrimSpace(s)
	if s == "" {
		return 1000
	}
	if len(s) < 3 || s[0]|0x20 != 'q' || s[1] != '=' || s[2] != '0' && s[2] != '1' {
		return 0
	}
	weight, digits := int(s[2]-'0')*1000, s[3:]
	if digits == "" {
		return weight
	}
	if digits[0] != '.' || len(digits) > 4 {
		return 0
	}
	unit := 100
	for _, d := range []byte(digits[1:]) {
		if d < '0' || d > '9' {
			return 0
		}
		weight += int(d-'0') * unit
		unit /= 10
	}
	if weight > 1000 {
		return 0
	}
	return weight
}
