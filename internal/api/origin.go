package api

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/ogc"
)

// maxHost bounds the length of a Host header, in bytes: a DNS name and a port.
const maxHost = 260

// origin is what the absolute links of an answer begin with, as far as the request decides it. It is
// the zero value when the address of the server is configured.
type origin struct {
	host   string
	secure bool
}

// originOf returns the origin of a request, unchecked; base checks it. Forwarded headers count only when
// a trusted proxy sent them.
func (s *Server) originOf(r *http.Request) origin {
	if s.base != "" {
		return origin{}
	}
	o := origin{host: r.Host, secure: r.TLS != nil}
	if len(s.proxies) == 0 || !s.trusted(r.RemoteAddr) {
		return o
	}
	if host := r.Header.Get("X-Forwarded-Host"); host != "" {
		o.host = host
	}
	if proto := r.Header.Get("X-Forwarded-Proto"); proto != "" {
		o.secure = strings.EqualFold(proto, "https")
	}
	return o
}

// base returns the address that absolute links begin with; 400 when the Host header is no host.
func (s *Server) baseOf(o origin) (ogc.Base, error) {
	if s.base != "" {
		return s.base, nil
	}
	if !validHost(o.host) {
		return "", echo.NewHTTPError(http.StatusBadRequest, "the header Host names no host")
	}
	if o.secure {
		return ogc.Base("https://" + o.host), nil
	}
	return ogc.Base("http://" + o.host), nil
}

func (s *Server) trusted(remoteAddr string) bool {
	addr, err := netip.ParseAddrPort(remoteAddr)
	if err != nil {
		return false
	}
	ip := addr.Addr().Unmap()
	for _, p := range s.proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// validHost tells whether s is a host name or address with an optional port, and nothing else.
func validHost(s string) bool {
	if s == "" || len(s) > maxHost {
		return false
	}
	host := s
	if i := strings.LastIndexByte(s, ':'); i >= 0 && !strings.HasSuffix(s, "]") {
		if !validPort(s[i+1:]) {
			return false
		}
		host = s[:i]
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		addr, err := netip.ParseAddr(host[1 : len(host)-1])
		return err == nil && addr.Is6() && addr.Zone() == ""
	}
	return validName(host)
}

func validPort(s string) bool {
	if s == "" || len(s) > 5 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func validName(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for i := range len(label) {
			c := label[i]
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (c < '0' || c > '9') && c != '-' && c != '_' {
				return false
			}
		}
	}
	return true
}

// ipExtractor returns the address of a client: that of the connection or, behind trusted proxies, the
// last one in X-Forwarded-For that is none of them.
func ipExtractor(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP:   p.Masked().Addr().AsSlice(),
			Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
