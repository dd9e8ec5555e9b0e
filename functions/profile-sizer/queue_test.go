package profilesizer

import (
	"testing"
)

func queueOnAzure(fields string) string {
	return ofKind("servicebus.azure.m.upbound.io/v1beta1, kind: ServiceBusNamespace, spec: {forProvider: {location: westeurope, resourceGroupName: rg", fields)
}

func queueOnIBM(varmap string) string { return serverOnIBM(serviceRabbitMQ, varmap) }

func TestSizeQueue(t *testing.T) {
	sizings{
		"Premium": {
			reason: "A premium namespace has messaging units.", xr: "{type: queue, profile: xlarge}", desired: queueOnAzure("sku: Premium"),
			want: queueOnAzure("sku: Premium, capacity: 4"), condition: "Sized: xlarge: 4 MU",
		},
		"PremiumSmaller": {
			reason: "Messaging units change in both directions.", xr: "{type: queue, profile: nano}", desired: queueOnAzure("sku: Premium"),
			observed: "{status: {atProvider: {id: x, sku: Premium, capacity: 16}}}", want: queueOnAzure("sku: Premium, capacity: 1"),
		},
		"PremiumBare": {
			reason: "A queue without a profile gets the smallest size.", xr: "{type: queue}", desired: queueOnAzure("sku: Premium"),
			want: queueOnAzure("sku: Premium, capacity: 1"), condition: "Sized: nano: 1 MU",
		},
		"PremiumNamed": {
			reason: "A profile names a number of units of its own.", xr: "{type: queue, profile: medium}", environment: "profiles: {medium: {skus: {azureQueue: 8 MU}}}",
			desired: queueOnAzure("sku: Premium"), want: queueOnAzure("sku: Premium, capacity: 8"),
		},
		"PremiumNoSuch": {
			reason: "A number that Azure does not sell is refused.", xr: "{type: queue, profile: medium}", environment: "profiles: {medium: {skus: {azureQueue: 3 MU}}}",
			desired: queueOnAzure("sku: Premium"),
			fatal:   `settings.profiles.medium.skus.azureQueue: "3 MU" is no size of Service Bus Premium; allowed are 1 MU, 2 MU, 4 MU, 8 MU, 16 MU`,
		},
		"PremiumOwn": {
			reason: "A profile of the settings' own goes by its vCPUs.", xr: "{type: queue, profile: x}", environment: "profiles: {x: {vcpu: 20, memoryGiB: 40}}",
			desired: queueOnAzure("sku: Premium"), want: queueOnAzure("sku: Premium, capacity: 8"),
			condition: "Sized: x: 8 MU; it goes by vcpu, and not by settings.profiles.x.memoryGiB",
		},
		"PremiumTooMuch": {
			reason: "More units than Azure sells are refused.", xr: "{type: queue, profile: x}", environment: "profiles: {x: {vcpu: 96}}",
			desired: queueOnAzure("sku: Premium"),
			fatal:   `spec.profile: "x" asks for 24 messaging units, which no size of Service Bus Premium gives; the nearest is 16 MU`,
		},
		"PremiumNone": {
			reason: "A profile without vCPUs has no number of units.", xr: "{type: queue, profile: x}", environment: "profiles: {x: {memoryGiB: 16}}",
			desired: queueOnAzure("sku: Premium"), fatal: "settings.profiles.x: names no skus.azureQueue, so it needs vcpu",
		},
		"IBM": {
			reason: "A queue's server has memory, and a disk of a quarter more.", xr: "{type: queue, profile: medium}", desired: queueOnIBM(""),
			want:      queueOnIBM("host_flavor: b3c.4x16.encrypted, disk_mb: 20480"),
			condition: "Sized: medium: b3c.4x16.encrypted (4 vCPU, 16 GiB), 20 GiB of disk",
		},
		"IBMShared": {
			reason: "RabbitMQ has at least 8 GiB.", xr: "{type: queue, profile: small}", desired: queueOnIBM(""),
			want: queueOnIBM("host_flavor: multitenant, memory_mb: 8192, disk_mb: 10240"),
		},
		"IBMBare": {
			reason: "A queue's server without a profile is the smallest.", xr: "{type: queue}", desired: queueOnIBM(""),
			want: queueOnIBM("host_flavor: multitenant, memory_mb: 8192, disk_mb: 5120"), condition: "Sized: nano: multitenant (1 vCPU, 8 GiB), 5 GiB of disk",
		},
		"IBMOwn": {
			reason: "A profile of the settings' own goes by its memory, and never gets a database's disk.", xr: "{type: queue, profile: x}",
			environment: "profiles: {x: {vcpu: 2, memoryGiB: 30, storageGiB: 2048}}", desired: queueOnIBM(""),
			want: queueOnIBM("host_flavor: b3c.8x32.encrypted, disk_mb: 38912"),
			condition: "Sized: x: b3c.8x32.encrypted (8 vCPU, 32 GiB), 38 GiB of disk; it goes by memoryGiB, and not by settings.profiles.x.storageGiB, " +
				"settings.profiles.x.vcpu",
		},
		"IBMNamed": {
			reason: "The disk of a server that is named follows from its memory.", xr: "{type: queue, profile: x}",
			environment: "profiles: {x: {skus: {ibmQueue: m3c.8x64.encrypted}}}", desired: queueOnIBM(""),
			want: queueOnIBM("host_flavor: m3c.8x64.encrypted, disk_mb: 81920"),
		},
		"IBMGrown": {
			reason: "The disk that IBM reports never shrinks.", xr: "{type: queue, profile: nano}", desired: queueOnIBM(""),
			observed: "{status: {atProvider: {outputs: {disk_mb: 40960}}}}", want: queueOnIBM("host_flavor: multitenant, memory_mb: 8192, disk_mb: 40960"),
		},
		"NoSuch": {
			reason: "A profile that there is not is refused where it decides.", xr: "{type: queue, profile: huge}", desired: queueOnIBM(""),
			fatal: `spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
	}.run(t)
}
