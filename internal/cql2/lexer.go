package cql2

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is what a token is.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenQuotedName // never a keyword
	tokenText
	tokenNumber
	tokenSymbol
)

// token is one word of CQL2 text. Text is without its quotes.
type token struct {
	kind   tokenKind
	pos    int
	text   string
	number float64
}

// is tells whether t is a keyword or a symbol.
func (t token) is(word string) bool {
	return t.kind == tokenSymbol && t.text == word || t.kind == tokenName && strings.EqualFold(t.text, word)
}

// isKeyword tells whether a name has a meaning of its own, so that a property of that name needs quotes.
func isKeyword(name string) bool {
	switch strings.ToUpper(name) {
	case "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV":
		return true
	}
	return false
}

// lexer cuts text into tokens.
type lexer struct {
	text string
	pos  int
}

// next returns the next token, or what is wrong with it.
func (l *lexer) next() (token, *fault) {
	rest := strings.TrimLeft(l.text[l.pos:], " \t\r\n\f")
	l.pos = len(l.text) - len(rest)
	if rest == "" {
		return token{pos: l.pos}, nil
	}
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest[0] == '\'':
		return l.quoted('\'', tokenText)
	case rest[0] == '"':
		return l.quoted('"', tokenQuotedName)
	case isDigit(rest[0]) || rest[0] == '.' && len(rest) > 1 && isDigit(rest[1]):
		return l.number(rest)
	case startsName(r):
		end := strings.IndexFunc(rest, func(r rune) bool { return !continuesName(r) })
		if end < 0 {
			end = len(rest)
		}
		return l.take(tokenName, end), nil
	case strings.HasPrefix(rest, "<>") || strings.HasPrefix(rest, "<=") || strings.HasPrefix(rest, ">="):
		return l.take(tokenSymbol, 2), nil
	case strings.HasPrefix(rest, "!="):
		return token{}, newFault(l.pos, "write <> for not equal")
	case strings.IndexByte("=<>+-*/%^(),", rest[0]) >= 0:
		return l.take(tokenSymbol, 1), nil
	}
	return token{}, newFault(l.pos, "%q has no meaning here", r)
}

func (l *lexer) take(kind tokenKind, n int) token {
	t := token{kind: kind, pos: l.pos, text: l.text[l.pos : l.pos+n]}
	l.pos += n
	return t
}

// quoted reads a text or a name in quotes. A quote inside stands twice; in a text it may have a backslash before
// it instead.
func (l *lexer) quoted(quote byte, kind tokenKind) (token, *fault) {
	start := l.pos
	var b strings.Builder
	for i := start + 1; i < len(l.text); i++ {
		c := l.text[i]
		escaped := i+1 < len(l.text) && l.text[i+1] == quote && (c == quote || c == '\\' && quote == '\'')
		switch {
		case escaped:
			i++
			c = quote
		case c == quote:
			l.pos = i + 1
			return token{kind: kind, pos: start, text: b.String()}, nil
		}
		b.WriteByte(c)
	}
	return token{}, newFault(start, "the quote that opens here is not closed")
}

func (l *lexer) number(rest string) (token, *fault) {
	n := digits(rest)
	if n < len(rest) && rest[n] == '.' {
		n += 1 + digits(rest[n+1:])
	}
	if n < len(rest) && (rest[n] == 'e' || rest[n] == 'E') {
		at := n + 1
		if at < len(rest) && (rest[at] == '+' || rest[at] == '-') {
			at++
		}
		if d := digits(rest[at:]); d > 0 {
			n = at + d
		}
	}
	t := l.take(tokenNumber, n)
	v, err := strconv.ParseFloat(t.text, 64)
	if err != nil {
		return token{}, newFault(t.pos, "the number is too large")
	}
	t.number = v
	return t, nil
}

// digits counts the digits that s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// startsName and continuesName are the rules identifierStart and identifierPart of annex B.
func startsName(r rune) bool {
	return r != utf8.RuneError && unicode.Is(nameStart, r)
}

func continuesName(r rune) bool {
	return startsName(r) || r == '.' || r >= '0' && r <= '9' || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

var nameStart = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: ':', Hi: ':', Stride: 1}, {Lo: 'A', Hi: 'Z', Stride: 1}, {Lo: '_', Hi: '_', Stride: 1},
		{Lo: 'a', Hi: 'z', Stride: 1}, {Lo: 0xC0, Hi: 0xD6, Stride: 1}, {Lo: 0xD8, Hi: 0xF6, Stride: 1},
		{Lo: 0xF8, Hi: 0x2FF, Stride: 1}, {Lo: 0x370, Hi: 0x37D, Stride: 1}, {Lo: 0x37F, Hi: 0x1FFE, Stride: 1},
		{Lo: 0x200C, Hi: 0x200D, Stride: 1}, {Lo: 0x2070, Hi: 0x218F, Stride: 1}, {Lo: 0x2C00, Hi: 0x2FEF, Stride: 1},
		{Lo: 0x3001, Hi: 0xD7FF, Stride: 1}, {Lo: 0xF900, Hi: 0xFDCF, Stride: 1}, {Lo: 0xFDF0, Hi: 0xFFFD, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x10000, Hi: 0xEFFFF, Stride: 1}},
}
