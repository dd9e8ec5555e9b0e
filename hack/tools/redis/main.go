// Command redis connects to a cache as an app does, by a URI alone: redis CAFILE, with the
// URI on standard input, where no list of processes shows it. It writes a key, reads it back,
// and prints that, or says why not and ends with 1.
package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

func main() {
	value, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "redis:", err)
		os.Exit(1)
	}
	fmt.Println(value)
}

func run(args []string) (string, error) {
	if len(args) != 1 {
		return "", fmt.Errorf("usage: redis CAFILE, with the URI on standard input")
	}
	uri, err := io.ReadAll(os.Stdin)
	if err != nil {
		return "", fmt.Errorf("cannot read the URI: %w", err)
	}
	options, err := redis.ParseURL(strings.TrimSpace(string(uri)))
	if err != nil {
		return "", err
	}
	if options.TLSConfig == nil {
		return "", fmt.Errorf("the URI asks for no TLS")
	}
	ca, err := os.ReadFile(args[0])
	if err != nil {
		return "", fmt.Errorf("cannot read the CA: %w", err)
	}
	options.TLSConfig.RootCAs = x509.NewCertPool()
	options.TLSConfig.RootCAs.AppendCertsFromPEM(ca)
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	client := redis.NewClient(options)
	defer client.Close()
	if err := client.Set(ctx, "greeting", "PONG", time.Minute).Err(); err != nil {
		return "", err
	}
	return client.Get(ctx, "greeting").Result()
}
