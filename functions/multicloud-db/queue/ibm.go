package queue

import (
	"fmt"
	"net"
	"net/url"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/tofu"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// serviceIBM is RabbitMQ: Event Streams is Kafka, which acknowledges no message alone and has
// no dead letters, and IBM MQ can be had by Terraform on reserved plans only, and without its
// queues (cloud.ibm.com/docs/messages-for-rabbitmq, cloud.ibm.com/docs/mqcloud).
const serviceIBM = "messages-for-rabbitmq"

// versionIBM is what new servers get; a live one keeps the version that it was made with
// (cloud.ibm.com/docs/cloud-databases, db-version-policy).
const versionIBM = "4.2"

var onIBM = lifecycle.Cloud[Queue]{
	Mains:     []lifecycle.Main{mainIBM},
	Settles:   settleIBM,
	Compose:   composeIBM,
	Connect:   connectIBM,
	Look:      lookIBM,
	Lacks:     lacksIBM,
	Remark:    remarkIBM,
	Protected: tofu.IsProtected,
	Behind:    tofu.Behind,
	Unfit:     tofu.Unfit,
}

var mainIBM = lifecycle.Main{
	Kind:      tofu.Kind,
	Tags:      tofu.OutputTags,
	Is:        func(o *structpb.Struct) bool { return tofu.Variable(o, "service") == serviceIBM },
	Fields:    tofu.ServerFields(nil),
	Inside:    tofu.Inside,
	Ours:      tofu.OursOfServer,
	Shows:     []string{"outputs", "crn"},
	States:    tofu.States,
	AdoptedAs: tofu.AdoptedAs,
	TakesOver: tofu.TakesOver,
}

func settleIBM(in Held) Held {
	in = settle(in)
	in.Want.AllowedCIDRs = tofu.KeepAllowlist(&in.Resource, in.Want.AllowedCIDRs)
	return in
}

func composeIBM(in In) (lifecycle.Parts, error) {
	variables := object.Map{
		"name":                in.Name,
		"location":            in.Region,
		"service":             serviceIBM,
		"plan":                settings.PlanClassic,
		"engine_version":      in.Want.Version, // IBM Cloud moves it on by itself
		"resource_group_id":   lifecycle.Optional(in.Want.ResourceGroupID),
		"key_protect_key":     lifecycle.Optional(in.Want.KMSKeyID),
		"deletion_protection": in.Policy.Guarded,
		"tags":                []string{}, // a list, so that cost tags are known to fit
	}
	allows, err := tofu.Allowlist(in.Resource, in.Want.AllowedCIDRs, variables)
	module := modules.Queue.Make(allows)
	if in.Adopted() {
		module = modules.Queue.Import()
		variables["crn"], variables["tags"] = tofu.CRN(in.Live), tofu.Tags(in.Live)
	}
	workspace := tofu.Workspace(in.Resource, module, variables)
	workspace.Writes = in.Publishes(lifecycle.Instance)
	return lifecycle.Parts{lifecycle.Instance: workspace}, err
}

func lookIBM(in Held) (lifecycle.Part, error) {
	variables, err := tofu.Place(in.Resource, in.Want.ResourceGroupID)
	if err != nil {
		return lifecycle.Part{}, err
	}
	variables["service"] = serviceIBM
	return tofu.Workspace(in.Resource, modules.Queue.Observe(), variables), nil
}

func lacksIBM(in Held) (missing, means string) {
	if len(in.Want.AllowedCIDRs) == 0 {
		return in.Unset(in.Regional("allowedCIDRs")), tofu.Reached(in.Noun)
	}
	return "", ""
}

// The names that the connection suggests to the app, which declares both queues.
func declaredIBM(in In) (queue, deadLetters string) {
	return in.Claim.Name, in.Claim.Name + "-dlq"
}

// argumentsIBM are those of a queue that is what the claim says, as far as RabbitMQ has it. A
// message is dropped, or goes to the dead letters, once it was returned more often than the
// limit, so that the limit is one less than the deliveries (deps/rabbit/src/rabbit_fifo.erl of
// rabbitmq/rabbitmq-server); it gets there for sure by that strategy, which needs that overflow
// (rabbitmq.com/blog/2022/03/29/at-least-once-dead-lettering).
func argumentsIBM(in In) string {
	_, deadLetters := declaredIBM(in)
	return fmt.Sprintf(
		`x-queue-type=quorum, x-delivery-limit=%d, x-message-ttl=%d, x-dead-letter-exchange="", x-dead-letter-routing-key=%s, `+
			`x-dead-letter-strategy=at-least-once, x-overflow=reject-publish`,
		number(in.Want.Attempts)-1, days(in)*secondsPerDay*1000, deadLetters,
	)
}

// remarkIBM says what the app has to do: IBM Cloud makes a server, and no queue in it, and
// what is declared without dead letters loses what fails 20 times
// (cloud.ibm.com/docs/messages-for-rabbitmq, release notes). The dead letters are such a queue
// themselves: a limit below zero is none (rabbitmq.com/docs/quorum-queues, repeated requeues;
// resolve_delivery_limit in deps/rabbit/src/rabbit_quorum_queue.erl of rabbitmq/rabbitmq-server).
func remarkIBM(in In) (reason, message string) {
	if in.Adopted() {
		return reasonAdopted, "its queues, and what becomes of their dead letters, are as its apps declare them"
	}
	queue, deadLetters := declaredIBM(in)
	return reasonUndeclared, fmt.Sprintf(
		"the app declares its queues, since IBM Cloud makes a server without any: first %s with x-queue-type=quorum, x-delivery-limit=-1, then %s with %s; "+
			"declared otherwise, a message that fails is dropped; what the claim says later is for queues that are declared anew",
		deadLetters, queue, argumentsIBM(in),
	)
}

// reasonUndeclared is the reason of the condition where the app makes its queue.
const reasonUndeclared = "DeclaredByTheApp"

// connectIBM publishes what the module does, and names for the queues that the app declares.
// The URI has no path: with a slash alone some clients take the virtual host to be without a
// name, as the one for Java does (ConnectionFactory.setUri).
func connectIBM(in In) lifecycle.Connection {
	out := in.Parts[lifecycle.Instance].Details
	host, port := string(out["host"]), tofu.Port(out)
	username, password := string(out["username"]), string(out["password"])
	if host == "" || port == 0 || username == "" || password == "" || len(out["ca_crt"]) == 0 { // the CA is IBM Cloud's own
		return lifecycle.Connection{Host: host, Port: port}
	}
	uri := url.URL{Scheme: "amqps", User: url.UserPassword(username, password), Host: net.JoinHostPort(host, strconv.Itoa(port))}
	details := map[string]string{
		"type": "amqp", "username": username, "password": password, "uri": uri.String(), "ca.crt": string(out["ca_crt"]),
	}
	if details["queue"], details["deadLetterQueue"] = declaredIBM(in); in.Adopted() {
		delete(details, "deadLetterQueue") // nobody knows whether there is one
	}
	return connection(host, port, details)
}
