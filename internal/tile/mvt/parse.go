package mvt

import "google.golang.org/protobuf/encoding/protowire"

// tagsOf returns the tags of a feature of our own, given up to where its geometry begins.
func tagsOf(b []byte) (tags []byte) {
	_, _, n := protowire.ConsumeTag(b)
	b = b[n:]
	_, n = protowire.ConsumeVarint(b) // its length
	b = b[n:]
	for len(b) > 0 {
		num, _, n := protowire.ConsumeTag(b)
		b = b[n:]
		if num == featureTags {
			tags, _ = protowire.ConsumeBytes(b)
			return tags
		}
		_, n = protowire.ConsumeVarint(b)
		b = b[n:]
	}
	return nil
}

// decode makes s of drawing commands of our own.
func (s *shape) decode(kind geometryType, commands []byte) {
	s.reset()
	var at point
	next := func() uint32 {
		v, n := protowire.ConsumeVarint(commands)
		commands = commands[n:]
		return uint32(v) //nolint:gosec // we wrote 32 bits
	}
	for len(commands) > 0 {
		command := next()
		if command&7 == closePath {
			s.pathEnd()
			continue
		}
		if command&7 == moveTo && kind == lines {
			s.pathEnd()
		}
		for range command >> 3 {
			x, y := next(), next()
			at.x += int32(x>>1) ^ -int32(x&1) //nolint:gosec // zigzag
			at.y += int32(y>>1) ^ -int32(y&1) //nolint:gosec // zigzag
			s.pts = append(s.pts, at)
		}
	}
	if kind == lines {
		s.pathEnd()
	}
}

// pathEnd keeps the points since the last one as a path. Outer rings have a positive area.
func (s *shape) pathEnd() {
	if len(s.pts) == s.start {
		return
	}
	area2, star := measure(s.pts[s.start:])
	s.paths = append(s.paths, path{start: s.start, end: len(s.pts), outer: area2 > 0, area2: area2, star: star})
	s.start = len(s.pts)
}
