package main

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// behindIBM compares the size that runs with the one that the module was last given.
// When IBM refuses a new size, the provider saves it as done all the same and never
// asks again: the Workspace stays Ready, and nothing else tells.
func behindIBM(d *database) string {
	asked := object.Struct(d.observedObject(keyInstance), "spec", "forProvider", "varmap")
	disk, _ := object.Number(asked, "disk_mb")
	if there := d.atNumber("outputs", "disk_mb"); there > 0 && there < int(disk) {
		return resized("disks", fmt.Sprint(there/mbPerGiB, " GiB"), fmt.Sprint(int(disk)/mbPerGiB, " GiB"))
	}
	host := object.String(asked, "host_flavor")
	if there := d.at("outputs", "host_flavor"); there != "" && host != "" && there != host {
		return resized("hosts", there, host)
	}
	return ""
}

func resized(what, there, asked string) string {
	return fmt.Sprintf("has %s of %s, and %s was asked for: where that stays, IBM Cloud refused it, and is asked again when the claim asks for another size", what, there, asked)
}
