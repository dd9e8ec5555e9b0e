// Package plane runs a real Crossplane control plane as local processes, for
// tests: etcd, kube-apiserver, the garbage collector and Crossplane's core, on free
// ports of the loopback, with packages from a registry in the test itself. There
// is no Docker and no kubelet: what a package's Deployment would run, a runtime
// here pulls out of the installed package's image and runs.
package plane
