package main

import "strings"

// any JSON object, as Grafana reads it.
type object = map[string]any

// A dashboard is one page of Grafana.
type dashboard struct {
	name, title, description string
	variables                []variable
	rows                     []row
}

// A variable is what the reader of a dashboard chooses from: the values of a label.
type variable struct{ name, title, of, label string }

// A row is a heading with panels below it, from left to right, and below where the width is used up.
type row struct {
	title  string
	height int // of each panel
	panels []panel
}

// source is the data source that the reader of the dashboard chose.
var source = object{"type": "prometheus", "uid": "${datasource}"}

// width of a page, in Grafana's units.
const width = 24

// json is the dashboard as Grafana reads it. Every option of a panel that counts is said: defaults
// change with Grafana's versions.
func (d dashboard) json() ([]byte, error) {
	panels, y, id := []any{}, 0, 1
	for _, r := range d.rows {
		panels = append(panels, object{
			"id": id, "type": "row", "title": r.title, "collapsed": false, "panels": []any{}, "gridPos": at(0, y, width, 1),
		})
		id, y = id+1, y+1
		x := 0
		for _, p := range r.panels {
			if x+p.width > width {
				x, y = 0, y+r.height
			}
			o := p.object()
			o["id"], o["gridPos"] = id, at(x, y, p.width, r.height)
			panels, id, x = append(panels, o), id+1, x+p.width
		}
		y += r.height
	}
	return encode(object{
		"uid": "crossplane-resources-" + d.name, "title": d.title, "description": d.description, "tags": []string{"crossplane-resources"},
		"schemaVersion": 39, "editable": false, "graphTooltip": 1, "refresh": "1m", "timezone": "browser",
		"time": object{"from": "now-6h", "to": "now"}, "templating": object{"list": d.templating()}, "annotations": object{"list": []any{}},
		"links": []any{object{
			"type": "dashboards", "title": "Resources", "tags": []string{"crossplane-resources"}, "asDropdown": false,
			"includeVars": false, "keepTime": true, "targetBlank": false, "icon": "external link", "tooltip": "",
		}},
		"panels": panels,
	})
}

func at(x, y, w, h int) object {
	return object{"x": x, "y": y, "w": w, "h": h}
}

// templating is the data source and the variables. All of a variable is what has the label at all.
func (d dashboard) templating() []any {
	out := []any{object{
		"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus", "hide": 0,
		"regex": "", "refresh": 1, "multi": false, "includeAll": false, "options": []any{},
	}}
	for _, v := range d.variables {
		query := "label_values(" + v.of + ", " + v.label + ")"
		out = append(out, object{
			"name": v.name, "label": v.title, "type": "query", "datasource": source, "query": query, "definition": query, "hide": 0,
			"regex": "", "refresh": 2, "sort": 1, "multi": true, "includeAll": true, "allValue": ".+", "options": []any{},
			"current": object{"selected": true, "text": []string{"All"}, "value": []string{"$__all"}},
		})
	}
	return out
}

// flat is a query on one line.
func flat(query string) string {
	return strings.Join(strings.Fields(query), " ")
}
