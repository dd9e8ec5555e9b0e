package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAgainOpened holds whether everybody reaches a namespace that was found: one that was asked
// to be closed is closed again, whoever opened it, and none is opened that Azure reports closed.
func TestAgainOpened(t *testing.T) {
	t.Parallel()
	open := strings.NewReplacer(", subnetID: /subnets/a, privateDNSZoneID: /zones/a", "").Replace(settingsPremium)
	reports := func(is bool) func(string, *structpb.Struct) {
		return func(part string, there *structpb.Struct) {
			if part == keyNamespace {
				object.Set(there, is, "publicNetworkAccessEnabled")
			}
		}
	}
	opened := func(_ *testing.T, l *live) { object.Set(l.there(keyNamespace), true, "publicNetworkAccessEnabled") }
	for name, tc := range map[string]struct {
		reason, before, then string
		found                bool // it is found open
		happens              func(*testing.T, *live)
		open, endpoint       bool
	}{
		"OpenedGone": {"What somebody opens is closed again, without settings too.", settingsPremium, settingsGroup, false, opened, false, false},
		"OpenedSame": {"What somebody opens is closed again, and keeps its endpoint.", settingsPremium, settingsPremium, false, opened, false, true},
		"OpenedBefore": {
			"What somebody opened before the claim was made again is closed, where the settings have a subnet for it.",
			settingsPremium, settingsPremium, true, nil, false, true,
		},
		"OpenSubnet": {
			"A namespace that never had an endpoint gets one, and is closed, where it is taken up under settings with a subnet.",
			open, settingsPremium, true, nil, false, true,
		},
		"OpenStays":   {"A namespace that was found open stays so without a subnet.", open, open, true, nil, true, false},
		"ClosedStays": {"A namespace that was found closed stays so without a subnet.", settingsPremium, open, false, nil, false, false},
		"RecordLost": {
			"The record of what was asked for outlives the namespace's managed resource.", settingsPremium, settingsGroup, false,
			func(_ *testing.T, l *live) { delete(l.request.GetObserved().GetResources(), keyNamespace) }, false, false,
		},
		"RecordOpened": {
			"What is found open by a managed resource that was made again is closed by the record.", settingsPremium, settingsGroup, false,
			func(t *testing.T, l *live) {
				t.Helper()
				there := l.there(keyNamespace)
				object.Set(there, true, "publicNetworkAccessEnabled")
				delete(l.request.GetObserved().GetResources(), keyNamespace)
				l.apply(l.run(t))
				object.Set(l.request.GetObserved().GetResources()[keyNamespace].GetResource(), there, "status", "atProvider")
			}, false, false,
		},
		"Standard": {"Azure closes no Standard namespace, whatever the settings have.", settingsGroup, settingsPremium, true, nil, true, false},
	} {
		bothScopes(t, name, func(t *testing.T, head string) {
			t.Helper()
			l := foundAgain(t, head, aliveQueue(t, "azure", tc.before), tc.then, reports(tc.found))
			if tc.happens != nil {
				tc.happens(t, l)
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			desired := rsp.GetDesired().GetResources()
			is, _ := object.Bool(desired[keyNamespace].GetResource(), body("publicNetworkAccessEnabled")...)
			if is != tc.open || (desired["endpoint"] != nil) != tc.endpoint {
				t.Errorf("\n%s\nopen: want %t, got %t; an endpoint: want %t, got %t", tc.reason, tc.open, is, tc.endpoint, desired["endpoint"] != nil)
			}
		})
	}
}

// TestAgainSKU holds that a SKU in Azure's other letters is the same one.
func TestAgainSKU(t *testing.T) {
	t.Parallel()
	for _, then := range []string{settingsPremium, settingsGroup} {
		l := foundAgain(t, xrHead, aliveQueue(t, "azure", settingsPremium), then, func(part string, there *structpb.Struct) {
			if part == keyNamespace {
				object.Set(there, "PREMIUM", "sku")
			}
		})
		o := l.run(t).GetDesired().GetResources()[keyNamespace].GetResource()
		if sku, key := object.String(o, body("sku")...), object.String(o, body("customerManagedKey", "keyVaultKeyId")...); sku != "Premium" || key != "key" {
			t.Errorf("the SKU is %q, and the key %q", sku, key)
		}
	}
}

// TestLettersOfParts holds that other letters in the report of one part are no edit either, of a
// queue that the claim made: the managed resource of the part was made again.
func TestLettersOfParts(t *testing.T) {
	t.Parallel()
	l := aliveQueue(t, "azure", settingsPremium)
	want := composedAs(l.run(t)).GetMessage()
	for _, part := range []string{keyNamespace, "endpoint"} {
		annotations := object.Struct(l.request.GetObserved().GetResources()[part].GetResource(), "metadata", "annotations")
		delete(annotations.GetFields(), createSucceeded)
	}
	object.Set(l.there("endpoint"), "/SUBNETS/A", "subnetId")
	object.Set(l.there(keyNamespace), "KEY", "customerManagedKey", "keyVaultKeyId")
	if got := composedAs(l.run(t)).GetMessage(); got != want {
		t.Errorf("Composed says %q, and said %q", got, want)
	}
}
