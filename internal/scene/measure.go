package scene

// Measure returns the width of a text in pixels. Size is that of the font; weight and serif choose it.
type Measure func(text string, size float64, weight int, serif bool) float64

// Estimate measures without a font: a Chinese character is as wide as the font is large, Latin letters by
// their class in a wide sans serif. It errs on the wide side, so that names of any font stay apart.
func Estimate(text string, size float64, weight int, _ bool) float64 {
	latin, wide := 0.0, 0.0
	for _, r := range text {
		if r >= 0x1100 {
			wide += wideRune(r)
		} else {
			latin += latinWidth(r)
		}
	}
	if weight >= 600 {
		latin *= 1.13
	}
	return (latin + wide) * size
}

// latinWidth returns the width of a letter, digit or mark in em.
func latinWidth(r rune) float64 {
	switch {
	case r >= 'A' && r <= 'Z':
		switch r {
		case 'I', 'J':
			return 0.3
		case 'M', 'W', 'O', 'Q', 'G', 'D':
			return 0.86
		}
		return 0.69
	case r >= '0' && r <= '9':
		return 0.64
	}
	switch r {
	case 'i', 'j', 'l', '\'', '|', ' ', '.', ',':
		return 0.32
	case 't', 'f', 'r', ':', ';', '!', '(', ')', '[', ']', '-', '/', '·':
		return 0.4
	case 'm', '%', '@':
		return 0.98
	case 'w':
		return 0.82
	}
	return 0.62
}

// wideRune returns the width of a character behind the alphabets: marks that join take no room.
func wideRune(r rune) float64 {
	switch {
	case r == 0x200D, r >= 0xFE00 && r <= 0xFE0F, r >= 0x202A && r <= 0x202E:
		return 0
	case r == 0x2014 || r == 0x2026 || r >= 0x2018 && r <= 0x201F:
		return 1 // as wide as a Chinese character in Chinese typefaces
	case r >= 0x2000 && r <= 0x206F, r >= 0x1E00 && r <= 0x1FFF:
		return 0.6
	case r >= 0x1F000:
		return 1.3
	}
	return 1
}
