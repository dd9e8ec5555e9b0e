package profilesizer

import "testing"

func TestSizeKubernetes(t *testing.T) {
	pods := func(kind, containers string) string {
		return "{apiVersion: apps/v1, kind: " + kind + ", spec: {template: {spec: {containers: [" + containers + "]}}}}"
	}
	const size = `resources: {requests: {cpu: "2", memory: 4Gi}, limits: {cpu: "2", memory: 4Gi}}`
	sizings{
		"Deployment": {
			reason:  "A Deployment's first container gets the profile.",
			xr:      "{profile: small}",
			desired: pods("Deployment", "{name: a}, {name: proxy}"),
			want:    pods("Deployment", "{name: a, "+size+"}, {name: proxy}"),
		},
		"StatefulSet": {
			reason:  "So does a StatefulSet's.",
			xr:      "{profile: small}",
			desired: pods("StatefulSet", "{name: a}"),
			want:    pods("StatefulSet", "{name: a, "+size+"}"),
		},
		"Kept": {
			reason:  "Other resources of the container stay.",
			xr:      "{profile: small}",
			desired: pods("Deployment", "{name: a, resources: {limits: {cpu: 1, gpu: 1}}}"),
			want:    pods("Deployment", `{name: a, resources: {requests: {cpu: "2", memory: 4Gi}, limits: {cpu: "2", memory: 4Gi, gpu: 1}}}`),
		},
		"Annotated": {
			reason: "A pod can say which container it is for.", xr: "{profile: small}",
			desired: "{apiVersion: apps/v1, kind: Deployment, spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/default-container: " +
				"b}}, spec: {containers: [{name: a}, {name: b}]}}}}",
			want: "{apiVersion: apps/v1, kind: Deployment, spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/default-container: b}}, " +
				"spec: {containers: [{name: a}, {name: b, " + size + "}]}}}}",
		},
		"CronJob": {
			reason: "A CronJob has its pods deeper.", xr: "{profile: small}",
			desired: "{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}}",
			want:    "{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, " + size + "}]}}}}}}",
		},
		"Object": {
			reason: "An Object of provider-kubernetes is sized by its manifest.", xr: "{profile: small}", input: "resources: [{kind: Deployment}]",
			desired: "{apiVersion: kubernetes.m.crossplane.io/v1alpha1, kind: Object, spec: {forProvider: {manifest: " + pods("Deployment", "{name: a}") + "}}}",
			want: "{apiVersion: kubernetes.m.crossplane.io/v1alpha1, kind: Object, spec: {forProvider: {manifest: " + pods(
				"Deployment", "{name: a, "+size+"}",
			) + "}}}",
		},
		"ObjectOfDatabase": {
			reason: "It does not stand for a database, whose disk is not seen through it.", xr: "{profile: small}",
			desired: "{apiVersion: kubernetes.crossplane.io/v1alpha2, kind: Object, spec: {forProvider: {manifest: " + awsInstance + "}}}",
			want:    "{apiVersion: kubernetes.crossplane.io/v1alpha2, kind: Object, spec: {forProvider: {manifest: " + awsInstance + "}}}",
		},
		"OtherObject": {
			reason: "Another group's Object is not one.", xr: "{profile: small}",
			desired: "{apiVersion: objects.example/v1, kind: Object, spec: {forProvider: {manifest: " + pods("Deployment", "{name: a}") + "}}}",
			want:    "{apiVersion: objects.example/v1, kind: Object, spec: {forProvider: {manifest: " + pods("Deployment", "{name: a}") + "}}}",
		},
		"Autoscaler": {
			reason: "An autoscaler gets the least and the most pods.", xr: "{profile: medium}",
			desired:   "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {}}",
			want:      "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {minReplicas: 2, maxReplicas: 4}}",
			condition: "Sized: medium: 2 to 4 replicas",
		},
		"Parts": {
			reason: "A platform's own profile may be parts of a CPU.", xr: "{profile: tiny}", input: "profiles: {tiny: {vcpu: 0.25, memoryGiB: 0.5}}", desired: pods(
				"Deployment", "{name: a}",
			),
			want:      pods("Deployment", "{name: a, resources: {requests: {cpu: 250m, memory: 512Mi}, limits: {cpu: 250m, memory: 512Mi}}}"),
			condition: "Sized: tiny: 0.25 vCPU, 0.5 GiB",
		},
		"NoContainer": {
			reason:    "A pod without a container is said.",
			xr:        "{profile: small}",
			desired:   pods("Deployment", ""),
			want:      pods("Deployment", ""),
			condition: "NotSized: cannot size instance: no kind with a size, or a field on the way is missing or no object",
		},
		"NoReplicas": {
			reason:      "A profile of one's own needs replicas for an autoscaler.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 1, memoryGiB: 1}}",
			desired:     "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler}",
			fatal:       "settings.profiles.x: an autoscaler needs minReplicas and maxReplicas",
		},
		"NoFigures": {
			reason:      "And figures for a pod.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {skus: {aws: db.m7g.large}}}",
			desired:     pods("Deployment", "{name: a}"),
			fatal:       "settings.profiles.x: a pod needs vcpu and memoryGiB",
		},
		"Replicas": {
			reason:      "An override that puts the least above the most is refused.",
			xr:          "{profile: nano}",
			environment: "profiles: {nano: {minReplicas: 2}}",
			desired:     pods("Deployment", "{name: a}"),
			fatal:       "settings.profiles.nano: the least number of replicas, 2, is more than the most, 1; give both",
		},
	}.run(t)
}
