//go:build tools

package tools

import _ "github.com/internetarchive/gowarc/cmd/warc"
