package cql2

import "fmt"

// Parse reads CQL2 text. An error is of kind invalid and says at which character what is wrong.
func Parse(text string) (*Expression, error) {
	if len(text) > MaxBytes {
		return nil, tooLong()
	}
	p := &parser{builder: builder{input: text}, lexer: lexer{text: text}}
	p.advance()
	root := p.expression()
	if p.tok.kind != tokenEnd {
		p.fail(p.tok.pos, "%s is not expected; AND, OR or the end may stand here", p.tok)
	}
	if p.fault != nil {
		return nil, p.fault.error(text)
	}
	return &Expression{root, text}, nil
}

// parser descends through the rules of annex B. After a fault only ends follow.
type parser struct {
	builder
	lexer lexer
	tok   token
	depth int // of rules that call each other
}

// String names a token in messages.
func (t token) String() string {
	switch t.kind {
	case tokenEnd:
		return "the end"
	case tokenText:
		return fmt.Sprintf("the text '%.40s'", t.text)
	}
	return fmt.Sprintf("%.40q", t.text)
}

func (p *parser) advance() {
	tok, f := p.lexer.next()
	if f != nil && p.fault == nil {
		p.fault = f
	}
	if p.fault != nil {
		tok = token{kind: tokenEnd, pos: p.tok.pos}
	}
	p.tok = tok
}

func (p *parser) fail(pos int, format string, args ...any) *Node {
	n := p.builder.fail(pos, format, args...)
	p.tok = token{kind: tokenEnd, pos: pos}
	p.lexer.pos = len(p.lexer.text)
	return n
}

// accept goes on when the next token is word.
func (p *parser) accept(word string) bool {
	ok := p.tok.is(word)
	if ok {
		p.advance()
	}
	return ok
}

func (p *parser) expect(word string) {
	if !p.accept(word) {
		p.fail(p.tok.pos, "%q is missing; there is %s", word, p.tok)
	}
}

// nested calls rule one level deeper.
func (p *parser) nested(rule func() *Node) *Node {
	if p.depth++; p.depth > MaxDepth {
		return p.fail(p.tok.pos, "the operators stand more than %d deep in each other", MaxDepth)
	}
	defer func() { p.depth-- }()
	return rule()
}

func (p *parser) expression() *Node { return p.nested(p.or) }

func (p *parser) or() *Node  { return p.chain("OR", OpOr, p.and) }
func (p *parser) and() *Node { return p.chain("AND", OpAnd, p.not) }

// chain reads operands with one word between them as one node.
func (p *parser) chain(word string, op Op, operand func() *Node) *Node {
	args := []*Node{operand()}
	for p.accept(word) {
		args = append(args, operand())
	}
	if len(args) == 1 {
		return args[0]
	}
	return p.node(Node{Op: op, Pos: args[0].Pos, Args: args})
}

func (p *parser) not() *Node {
	pos := p.tok.pos
	if !p.accept("NOT") {
		return p.predicate()
	}
	return p.node(Node{Op: OpNot, Pos: pos, Args: []*Node{p.nested(p.not)}})
}

// predicate reads a scalar and what it is compared with, if anything.
func (p *parser) predicate() *Node {
	left := p.sum()
	if p.tok.kind == tokenSymbol {
		if op, ok := opNamed(p.tok.text); ok && ops[op].class == comparison {
			p.advance()
			return p.node(Node{Op: op, Pos: left.Pos, Args: []*Node{left, p.sum()}})
		}
		return left
	}
	if p.accept("IS") {
		negated := p.accept("NOT")
		p.expect("NULL")
		return p.negate(negated, p.node(Node{Op: OpIsNull, Pos: left.Pos, Args: []*Node{left}}))
	}
	negated := p.accept("NOT")
	switch {
	case p.accept("LIKE"):
		return p.negate(negated, p.node(Node{Op: OpLike, Pos: left.Pos, Args: []*Node{left, p.sum()}}))
	case p.accept("BETWEEN"):
		low := p.sum()
		p.expect("AND")
		return p.negate(negated, p.node(Node{Op: OpBetween, Pos: left.Pos, Args: []*Node{left, low, p.sum()}}))
	case p.accept("IN"):
		pos := p.tok.pos
		p.expect("(")
		args := append([]*Node{left}, p.list()...)
		if len(args) == 1 {
			return p.fail(pos, "the list behind IN is empty")
		}
		return p.negate(negated, p.node(Node{Op: OpIn, Pos: left.Pos, Args: args}))
	case negated:
		return p.fail(p.tok.pos, "LIKE, BETWEEN or IN is missing behind NOT; there is %s", p.tok)
	}
	return left
}

func (p *parser) negate(negated bool, n *Node) *Node {
	if !negated {
		return n
	}
	return p.node(Node{Op: OpNot, Pos: n.Pos, Args: []*Node{n}})
}

func (p *parser) sum() *Node { return p.leftToRight(p.product, OpAdd, OpSubtract) }
func (p *parser) product() *Node {
	return p.leftToRight(p.power, OpMultiply, OpDivide, OpModulo, OpIntDivide)
}

func (p *parser) leftToRight(operand func() *Node, wanted ...Op) *Node {
	left := operand()
next:
	for {
		for _, op := range wanted {
			if p.accept(ops[op].json) {
				left = p.node(Node{Op: op, Pos: left.Pos, Args: []*Node{left, operand()}})
				continue next
			}
		}
		return left
	}
}

func (p *parser) power() *Node {
	base := p.operand()
	if !p.accept("^") {
		return base
	}
	return p.node(Node{Op: OpPower, Pos: base.Pos, Args: []*Node{base, p.nested(p.power)}})
}

func (p *parser) operand() *Node {
	t := p.tok
	switch {
	case t.kind == tokenNumber:
		p.advance()
		return p.node(Node{Op: OpNumber, Pos: t.pos, Number: t.number})
	case t.is("+") || t.is("-"):
		p.advance()
		return p.signed(t)
	case t.kind == tokenText:
		p.advance()
		return p.text(t.pos, t.text)
	case t.kind == tokenQuotedName:
		p.advance()
		return p.property(t.pos, t.text)
	case t.is("TRUE") || t.is("FALSE"):
		p.advance()
		return p.node(Node{Op: OpBool, Pos: t.pos, Bool: t.is("TRUE")})
	case t.is("("):
		p.advance()
		return p.parenthesised(t.pos)
	case t.kind == tokenName && !isKeyword(t.text):
		p.advance()
		return p.named(t)
	}
	return p.fail(t.pos, "a property, a value or a function is missing; there is %s", t)
}

func (p *parser) signed(sign token) *Node {
	v := p.tok.number
	if p.tok.kind != tokenNumber {
		return p.fail(sign.pos, "a sign stands before numbers only")
	}
	p.advance()
	if sign.text == "-" {
		v = -v
	}
	return p.node(Node{Op: OpNumber, Pos: sign.pos, Number: v})
}

// parenthesised reads what follows an opening parenthesis: one expression.
func (p *parser) parenthesised(pos int) *Node {
	items := p.list()
	if len(items) != 1 {
		return p.fail(pos, misplacedList)
	}
	return items[0]
}

// list reads expressions with commas between them up to the closing parenthesis.
func (p *parser) list() []*Node {
	if p.accept(")") {
		return nil
	}
	items := []*Node{p.expression()}
	for p.accept(",") {
		items = append(items, p.expression())
	}
	p.expect(")")
	return items
}
