package page

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"parkmap/internal/layout"
)

// Texts is the catalogue of page texts: language → key → text with {parameters}.
type Texts map[string]map[string]string

// LoadTexts reads the texts of the map page, zh.json and en.json, and those of editing, edit-zh.json and edit-en.json,
// from the folder dir of fsys. Both languages must have the same keys, and each key one text.
func LoadTexts(fsys fs.FS, dir string) (Texts, error) {
	texts := Texts{}
	for _, lang := range []string{Chinese, English} {
		texts[lang] = map[string]string{}
		for _, file := range []string{lang, "edit-" + lang} {
			if err := texts.load(fsys, dir, file, lang); err != nil {
				return nil, err
			}
		}
	}
	return texts, texts.check()
}

func (t Texts) load(fsys fs.FS, dir, file, lang string) error {
	b, err := fs.ReadFile(fsys, dir+"/"+file+".json")
	if err != nil {
		return fmt.Errorf("page texts: %w", err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		return fmt.Errorf("page texts %s: %w", file, err)
	}
	for key, text := range m {
		if _, twice := t[lang][key]; twice {
			return fmt.Errorf("page texts: %q of %s is there already", key, file)
		}
		t[lang][key] = text
	}
	return nil
}

func (t Texts) check() error {
	for _, pair := range [][2]string{{Chinese, English}, {English, Chinese}} {
		for key := range t[pair[0]] {
			if _, ok := t[pair[1]][key]; !ok {
				return fmt.Errorf("page texts: %q is in %s but not in %s", key, pair[0], pair[1])
			}
		}
	}
	return nil
}

// Voice returns the texts of one language; an unknown one is Chinese.
func (t Texts) Voice(lang string) Voice {
	if lang != English {
		lang = Chinese
	}
	return Voice{Lang: lang, texts: t[lang]}
}

// Voice speaks one language: texts of the catalogue, names, numbers and dates.
type Voice struct {
	Lang  string
	texts map[string]string
}

// T returns a text with its parameters filled in; they come as name, value, name, value.
// A key that the catalogue lacks is an error.
func (v Voice) T(key string, params ...any) (string, error) {
	text, ok := v.texts[key]
	if !ok {
		return "", fmt.Errorf("no text %q in %s", key, v.Lang)
	}
	for i := 0; i+1 < len(params); i += 2 {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", params[i]), fmt.Sprint(params[i+1]))
	}
	return text, nil
}

// text is T for keys that are built from data: a key that is missing gives the fallback.
func (v Voice) text(key, fallback string, params ...any) string {
	if s, err := v.T(key, params...); err == nil {
		return s
	}
	return fallback
}

// Worded is a text with its language, "" when it is that of the page.
type Worded struct {
	Text string
	Lang string
}

// Pick returns the name in the language of the voice, or the other one, marked, where it is missing.
func (v Voice) Pick(zh, en string) Worded {
	if v.Lang == English {
		zh, en = en, zh
	}
	if zh != "" {
		return Worded{Text: zh}
	}
	return Worded{Text: en, Lang: langTag(v.other())}
}

// Other returns the name in the other language, marked; empty when there is none.
func (v Voice) Other(zh, en string) Worded {
	if v.Lang == Chinese {
		zh = en
	}
	return Worded{Text: zh, Lang: langTag(v.other())}
}

func (v Voice) other() string {
	if v.Lang == English {
		return Chinese
	}
	return English
}

// label returns the text of a label in the language of the voice.
func (v Voice) label(l layout.Label) Worded { return v.Pick(l.ZH, l.EN) }

// Kind names a kind; one that the catalogue lacks is shown as it is.
func (v Voice) Kind(kind string) string { return v.text("kind."+kind, kind) }
