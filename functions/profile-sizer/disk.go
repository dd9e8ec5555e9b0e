package profilesizer

import "fmt"

// A disk is what an offer's disks can be.
type disk struct {
	MinGiB     int            `json:"minGiB"`
	LeastGiB   map[string]int `json:"leastGiB"` // by the disk's type, where that has another least size
	MaxGiB     int            `json:"maxGiB"`
	SizesGiB   []int          `json:"sizesGiB"` // the only sizes there are, the smallest first; none means any
	IOPS       []iops         `json:"iops"`
	BaseIOPS   int            `json:"baseIOPS"`
	IOPSPerGiB int            `json:"iopsPerGiB"`
	MaxIOPS    int            `json:"maxIOPS"` // 0 means no limit of its own
}

// iops is what disks give from a size on, without being paid for apart.
type iops struct {
	FromGiB int `json:"fromGiB"`
	IOPS    int `json:"iops"`
}

// round returns the size that the offer gives for one that is asked for, which is
// never a smaller one, of a type of disk; "" is the usual one.
func (d *disk) round(asked int, diskType string) (gib int, ok bool) {
	for _, size := range d.SizesGiB {
		if size >= asked {
			return size, true
		}
	}
	return max(asked, d.MinGiB, d.LeastGiB[diskType]), asked <= d.most()
}

func (d *disk) most() int {
	if n := len(d.SizesGiB); n > 0 {
		return d.SizesGiB[n-1]
	}
	return d.MaxGiB
}

// iops that a disk of the size gives.
func (d *disk) iops(gib int) int {
	out := d.BaseIOPS + d.IOPSPerGiB*gib
	for _, step := range d.IOPS {
		if gib >= step.FromGiB {
			out = step.IOPS
		}
	}
	if d.MaxIOPS > 0 {
		return min(out, d.MaxIOPS)
	}
	return out
}

// storage returns the disk that a profile asks for.
func (o *offer) storage(p *profile, diskType string) (int, error) {
	if p.storageGiB == 0 {
		return 0, fmt.Errorf("%s.storageGiB: is missing", p.path)
	}
	gib, ok := o.Disk.round(p.storageGiB, diskType)
	if !ok {
		return 0, fmt.Errorf("%s: %d is more than the %d GiB that a disk of %s can have", p.storageFrom, p.storageGiB, o.Disk.most(), o.Title)
	}
	return gib, nil
}
