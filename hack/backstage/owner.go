package main

import (
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// maxShort is how long the name of the form may be: the claim's name begins with the service's.
const maxShort = 20

// owner is the page on whose it is.
func (f *form) owner() object.Map {
	return object.Map{
		"title":    "Whose it is",
		"required": []any{"system", "owner", "env", "name"},
		"ui:order": []any{"system", "owner", "env", "name", "dependencyOf", "*"},
		"properties": object.Map{
			"system": object.Map{
				"type": "string", "title": "System", "description": "What it is a part of. The system's domain pays for it, and cannot be changed once it is made.",
				"ui:field": "EntityPicker", "ui:options": object.Map{"catalogFilter": object.Map{"kind": "System"}, "allowArbitraryValues": false},
			},
			"owner": object.Map{
				"type": "string", "title": "Team", "description": "Who answers for it, and whose its costs are. Can be changed at any time.",
				"ui:field": "OwnerPicker", "ui:options": object.Map{"catalogFilter": object.Map{"kind": "Group"}, "allowArbitraryValues": false},
			},
			"env": f.property("", "", "", "env", nil),
			"name": object.Map{
				"type": "string", "title": "Name", "description": "A short word, such as main or ledger. The claim's name is made of it: another name is another resource.",
				"pattern": "^[a-z]([a-z0-9]|-[a-z0-9])*$", "maxLength": maxShort,
				"errorMessage": object.Map{"pattern": "takes lowercase letters, digits and single hyphens, and begins with a letter, such as main"},
			},
			"dependencyOf": object.Map{
				"type": "array", "title": "Who uses it", "description": "The components that depend on it. The catalog shows them beside it.",
				"items": object.Map{"type": "string"}, "uniqueItems": true,
				"ui:field": "MultiEntityPicker", "ui:options": object.Map{"catalogFilter": object.Map{"kind": "Component"}, "allowArbitraryValues": false},
			},
		},
	}
}
