package cache

import (
	"net/url"
	"testing"
)

// TestConnection holds that a URI names host, password and database for every client, whatever
// signs the password has.
func TestConnection(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, username, password, database, want string }{
		"Plain":   {"Letters and digits stand as they are.", "", "abc123", "", "rediss://:abc123@h:6379/0"},
		"Azure":   {"An access key is base64.", "", "a/b+c=", "", "rediss://:a%2Fb+c=@h:6379/0"},
		"Signs":   {"What ends a part of a URI is encoded.", "", "a@b:c?d#e%f/g h", "", "rediss://:a%40b%3Ac%3Fd%23e%25f%2Fg%20h@h:6379/0"},
		"Bracket": {"What stands for an address of IPv6 is encoded.", "", "[a]", "", "rediss://:%5Ba%5D@h:6379/0"},
		"IBM":     {"A user and a database are named where there are others.", "admin", "abc", "1", "rediss://admin:abc@h:6379/1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := address{host: "h", port: 6379, username: tc.username, password: []byte(tc.password), database: tc.database, publicCA: true}.connection()
			got := string(c.Details["uri"])
			if got != tc.want {
				t.Errorf("\n%s\nuri: want %q, got %q", tc.reason, tc.want, got)
			}
			u, err := url.Parse(got)
			if err != nil {
				t.Fatal(err)
			}
			if password, _ := u.User.Password(); password != tc.password || u.User.Username() != tc.username {
				t.Errorf("\n%s\na client reads %q of %q", tc.reason, password, u.User.Username())
			}
		})
	}
	ca, secret := []byte("-----BEGIN CERTIFICATE-----"), []byte("x")
	for _, a := range []address{
		{port: 1, password: secret, ca: ca},
		{host: "h", password: secret, ca: ca},
		{host: "h", port: 1, ca: ca},
		{host: "h", port: 1, password: secret}, // whose certificate nobody could verify
	} {
		if n := len(a.connection().Details); n != 0 {
			t.Errorf("%d keys of half an address", n)
		}
	}
}
