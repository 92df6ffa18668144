package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Beginnings of secrets, so that scanners of published code find them and people tell them apart.
const (
	sessionPrefix    = "parkmap_session_"
	tokenPrefix      = "parkmap_token_"
	invitationPrefix = "parkmap_invitation_"
)

// secretLength is the length of the random part: two texts of 26 characters in base32, 260 bits.
const secretLength = 52

// newSecret returns a secret that nobody can guess.
func newSecret(prefix string) string { return prefix + rand.Text() + rand.Text() }

// newID returns a short random name for something that is listed.
func newID() string { return strings.ToLower(rand.Text()[:12]) }

// hashSecret is how a secret is kept: who reads the store cannot use it. Secrets are random, so a fast hash is
// enough.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// wellFormed tells whether a text can be a secret at all, so that no store is asked about other texts.
func wellFormed(secret, prefix string) bool {
	random, ok := strings.CutPrefix(secret, prefix)
	return ok && len(random) == secretLength && strings.Trim(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
