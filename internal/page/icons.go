package page

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
)

// LoadIcons reads icons from a file of fsys: names with their path data in a box of 24 units.
func LoadIcons(fsys fs.FS, name string) (map[string]string, error) {
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("page icons: %w", err)
	}
	icons := map[string]string{}
	if err := json.Unmarshal(b, &icons); err != nil {
		return nil, fmt.Errorf("page icons: %w", err)
	}
	return icons, nil
}

// neutralIcon stands for what no other icon does.
const neutralIcon = "lozenge"

// iconWords tell which icon stands for what, by words that its name may have. The first that fits is taken.
func iconWords() []struct {
	icon  string
	words []string
} {
	return []struct {
		icon  string
		words []string
	}{
		{"plane", []string{"空管", "航空", "机场", "air-traffic", "aviation", "airport"}},
		{"coin", []string{"金融", "finance"}},
		{"cross", []string{"医", "健康", "health", "medic"}},
		{"gear", []string{"制造", "manufactur"}},
		{"wheel", []string{"交通", "汽车", "transport", "vehicle", "automo"}},
		{"rice", []string{"农", "agricult", "farm"}},
		{"peaks", []string{"旅", "touris"}},
		{"person", []string{"人才", "人口", "talent", "people"}},
		{"building", []string{"企业", "公司", "enterprise", "compan", "firms"}},
		{"discs", []string{"数据", "设施", "data", "infrastructure"}},
		{"tiles", []string{"场景", "应用", "scenario", "application"}},
		{"roof", []string{"功能区", "园区", "产业园", "zone", "park"}},
		{"shield", []string{"治理", "安全", "governance", "safety", "security"}},
	}
}

// iconOf names the icon that stands for something by its names.
func iconOf(zh, en string) string {
	text := zh + " " + strings.ToLower(en)
	for _, entry := range iconWords() {
		for _, word := range entry.words {
			if strings.Contains(text, word) {
				return entry.icon
			}
		}
	}
	return neutralIcon
}

// icon returns the path data of the icon for something.
func (f frame) icon(zh, en string) string {
	if path, ok := f.Icons[iconOf(zh, en)]; ok {
		return path
	}
	return f.Icons[neutralIcon]
}
