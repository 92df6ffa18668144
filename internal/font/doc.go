// Package font reads typefaces: WOFF files, several of which make one face when a large character set is
// cut into subsets, and the outlines and advances of their characters. It sets no lines: there is no
// kerning, no shaping and no direction. It knows no HTTP and no image; where files come from is handed in.
package font
