package provider

import (
	"fmt"
	"strings"
)

// gp3 is what a volume of RDS comes with: more from the size on from which it is
// striped (Amazon RDS user guide, gp3 storage).
func gp3(b body) (iops, throughput float64) {
	if b.number("allocatedStorage") >= 400 {
		return 12000, 500
	}
	return 3000, 125
}

// optionGroup is the one that RDS has of an engine's major version.
func optionGroup(b body) string {
	return "default:" + b.text("engine") + "-" + strings.ReplaceAll(b.text("engineVersion"), ".", "-")
}

// refusesRDS says, in the words of RDS, why it takes no update: the provider sends IOPS
// and throughput with the disk of a striped volume, and an option group that differs.
func refusesRDS(b body) string {
	iops, throughput := gp3(b)
	striped := iops > 3000 && b.text("storageType") == "gp3"
	switch {
	case striped && b.number("iops") < iops:
		return fmt.Sprintf("InvalidParameterCombination: Invalid iops value for engine name %s and storage type gp3: %g", b.text("engine"), b.number("iops"))
	case striped && b.number("storageThroughput") < throughput:
		return fmt.Sprintf(
			"InvalidParameterCombination: Invalid storage throughput value for engine name %s and storage type gp3: %g",
			b.text("engine"), b.number("storageThroughput"),
		)
	case b.text("optionGroupName") != optionGroup(b):
		return "InvalidParameterCombination: The option group " + b.text("optionGroupName") + " is not one of version " +
			b.text("engineVersion") + " of " + b.text("engine")
	}
	return ""
}
