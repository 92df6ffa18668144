package page

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"parkmap/internal/layout"
	"parkmap/static"
)

func cityPage(t *testing.T, a *Atlas, lang string) string {
	t.Helper()
	id := string(a.WholeID())
	return written(t, func(b *bytes.Buffer) error { return testPage(t).Feature(b, a, request(lang, "/f/"+id), id) })
}

func TestThePageOfTheCityIsThatOfTheLayout(t *testing.T) {
	a := NewAtlas(shipped(t))
	body := cityPage(t, a, English)
	goals, tasks, scenarios, duties := 0, 0, 0, 0
	for i := range a.layout.Features {
		f := &a.layout.Features[i]
		switch p := f.Properties.(type) {
		case *layout.Goal:
			goals++
			if !strings.Contains(body, "<b>"+strings.ReplaceAll(p.Label, "+", "&#43;")+"</b>") {
				t.Errorf("no goal %s", p.Label)
			}
		case *layout.Task:
			tasks++
			duties += len(p.ResponsibleUnits)
		case *layout.Scenario:
			scenarios++
		default:
			continue
		}
		if !strings.Contains(body, `href="/f/`+string(f.ID)+`"`) {
			t.Errorf("no link to %s", f.ID)
		}
	}
	if goals != 6 || tasks != 19 || scenarios != 7 {
		t.Errorf("the layout has %d goals, %d tasks, %d scenarios", goals, tasks, scenarios)
	}
	if got := strings.Count(body, `aria-label="responsible"`); got != duties {
		t.Errorf("%d dots, want %d", got, duties)
	}
	for _, want := range []string{"Leading group", "principal leader of the municipal government", "Role", "over CNY 50 billion"} {
		if !strings.Contains(flat(body), want) {
			t.Errorf("does not say %q", want)
		}
	}
}

func TestOnlyTheSameTargetsShareAScale(t *testing.T) {
	a := NewAtlas(shipped(t))
	v := featureView{frame: testPage(t).frame(a, request(English, "/"))}
	charts := v.sideBySide(a)
	if len(charts) != 2 {
		t.Fatalf("%d charts", len(charts))
	}
	for i, want := range []struct {
		metric string
		bars   []SideBar
	}{
		{"AI core industry scale", []SideBar{{Figure: "over CNY 50 billion", Length: 1000}, {Figure: "over CNY 5 billion", Length: 100}}},
		{"related industry scale", []SideBar{{Figure: "over CNY 100 billion", Length: 1000}, {Figure: "over CNY 50 billion", Length: 500}}},
	} {
		if charts[i].Metric.Text != want.metric || len(charts[i].Bars) != len(want.bars) {
			t.Errorf("%+v", charts[i])
			continue
		}
		for j, bar := range want.bars {
			if got := charts[i].Bars[j]; got.Figure != bar.Figure || got.Length != bar.Length {
				t.Errorf("%s: %+v, want %+v", want.metric, got, bar)
			}
		}
	}
}

func TestALayoutWithoutGoalsHasNoneOfIt(t *testing.T) {
	for name, a := range map[string]*Atlas{"tiny": tinyAtlas(t), "nothing but areas": NewAtlas(&layout.Layout{Features: fixture().Features[:3]})} {
		if a.WholeID() != "" {
			t.Errorf("%s: %q is the page of the whole layout", name, a.WholeID())
		}
		body := written(t, func(b *bytes.Buffer) error { return testPage(t).About(b, a, request(English, "/about")) })
		if strings.Contains(body, `class="whole"`) {
			t.Errorf("%s: the page on sources has parts of a whole layout", name)
		}
	}
}

func TestALayoutWithoutACityHasItOnThePageOnSources(t *testing.T) {
	l := shipped(t)
	for i := range l.Features {
		if isCity(&l.Features[i]) {
			l.Features = append(l.Features[:i], l.Features[i+1:]...)
			break
		}
	}
	a := NewAtlas(l)
	body := written(t, func(b *bytes.Buffer) error { return testPage(t).About(b, a, request(English, "/about")) })
	if a.WholeID() != "" || !strings.Contains(body, `class="goals"`) || !strings.Contains(body, `class="matrix"`) {
		t.Error("the page on sources does not say it")
	}
}

func TestWholeLink(t *testing.T) {
	a := NewAtlas(shipped(t))
	r := request(English, "/")
	r.Query = map[string][]string{"lang": {"en"}}
	if got := testPage(t).frame(a, r).WholeLink(); got != "/f/X01?lang=en" {
		t.Error(got)
	}
	if got := testPage(t).frame(tinyAtlas(t), r).WholeLink(); got != "" {
		t.Error(got)
	}
}

func TestIcons(t *testing.T) {
	icons, err := LoadIcons(static.FS, "src/style/icons.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range iconWords() {
		if icons[entry.icon] == "" {
			t.Errorf("no icon %s", entry.icon)
		}
	}
	if !regexp.MustCompile(`^M[\d .,MmLlHhVvAaCcZz-]+$`).MatchString(icons[neutralIcon]) {
		t.Errorf("%q is no path", icons[neutralIcon])
	}
	for name, want := range map[string]string{"智慧医疗": "cross", "智能空管": "plane", "创新型企业": "building", "智能社会治理模式": "shield", "何物": neutralIcon} {
		if got := iconOf(name, ""); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if _, err := LoadIcons(os.DirFS("."), "none.json"); err == nil {
		t.Error("a file that is not there gives icons")
	}
}
