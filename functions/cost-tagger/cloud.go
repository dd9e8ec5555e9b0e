package costtagger

import "strings"

// A cloudID is the place of a cloud's rules in the clouds table.
type cloudID int

const (
	idGCP cloudID = iota
	idAWS
	idAWSObject
	idAWSIAM
	idAzure
	idAzureAccount
	idAzureFew
	idAzureDNS
	idIBM
	cloudCount
)

// A cloud has rules for the tags of its resources. All of its functions are pure.
type cloud struct {
	name string
	most int // tags on one resource

	key      func(key string) string
	maxKey   int // characters
	value    func(key, value string) string
	maxValue func(key string) int    // characters, under the encoded key
	refused  func(key string) string // why; "" where the key may be used
	same     func(key string) string // equal for keys that the cloud takes for one
}

var clouds = [cloudCount]cloud{
	idGCP:          gcp,
	idAWS:          aws,
	idAWSObject:    awsObject,
	idAWSIAM:       awsIAM,
	idAzure:        azure,
	idAzureAccount: azureAccount,
	idAzureFew:     azureFew,
	idAzureDNS:     azureDNS,
	idIBM:          ibm,
}

// cloudOf returns the rules for a kind of the table, whose group ends in the
// cloud's name. What a cloud rules for single kinds stands in the cloud's file.
func cloudOf(group, name string) cloudID {
	switch group[strings.LastIndexByte(group, '.')+1:] {
	case "aws":
		return awsRules(group, name)
	case "azure":
		return azureRules(group, name)
	default:
		return idGCP
	}
}

func verbatim(key string) string { return key }
func nothing(string) string      { return "" }
