// Command pmtiles has the authors' own program verify archives: `go run -C tools/pmtiles . FILE…`, whole paths.
package main

import (
	"fmt"
	"os"

	"github.com/protomaps/go-pmtiles/pmtiles"
)

func main() {
	for _, file := range os.Args[1:] {
		if err := pmtiles.Verify(nil, file); err != nil {
			fmt.Fprintln(os.Stderr, file+":", err)
			os.Exit(1)
		}
	}
}
