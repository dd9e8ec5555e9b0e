package costtag

// Keys of the tags that everything has which a claim is made of, and by which its bill is read.
const (
	KeyEntity  = "backstage-entity"
	KeyProject = "project"
	KeyEnv     = "env"
	KeyService = "service"
	KeyManager = "managed-by"
	KeyTeam    = "team"
	KeySystem  = "system"
)

// Manager is who manages, under KeyManager.
const Manager = "crossplane"

// Labels of a claim that become tags.
const (
	LabelTeam   = "team"
	LabelSystem = "backstage.io/system"
)
