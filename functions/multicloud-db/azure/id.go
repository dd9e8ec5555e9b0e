package azure

import "strings"

// GroupIn is the resource group in the id of what is in it, or "".
func GroupIn(id string) string {
	_, rest := cut(id, "/resourceGroups/")
	group, _, _ := strings.Cut(rest, "/")
	return group
}

// cut is strings.Cut without regard to case, by which Azure tells no two ids apart.
func cut(id, by string) (before, after string) {
	for i := range len(id) - len(by) + 1 {
		if strings.EqualFold(id[i:i+len(by)], by) {
			return id[:i], id[i+len(by):]
		}
	}
	return id, ""
}
