package main

import "strings"

// any JSON object, as Grafana reads it.
type object = map[string]any

// A dashboard is one page of Grafana.
type dashboard struct {
	name, title, description string
	sources                  []source
	from, timezone           string // of what is shown at first; of days
	variables                []variable
	rows                     []row
}

// A variable is what the reader of a dashboard chooses from: the values of a label, what SQL finds, or
// one of some words. Of what SQL finds, one is chosen where single is set, and else some.
type variable struct {
	name, title, of, label string
	sql                    string
	single                 bool
	words                  []string
}

// A row is a heading with panels below it, from left to right, and below where the width is used up.
type row struct {
	title  string
	height int // of each panel
	panels []panel
}

// A source is a data source that the reader of the dashboard chooses: of what type, and by which variable.
type source struct{ variable, title, plugin string }

// The type of PostgreSQL is as Grafana has it since 10.2.3; it takes the older name, postgres, for the same
// (github.com/grafana/grafana/issues/80180, and plugin.json of that data source).
var (
	metrics = source{"datasource", "Data source", "prometheus"}
	costs   = source{"costs", "Costs", "grafana-postgresql-datasource"}
)

func (s source) object() object {
	return object{"type": s.plugin, "uid": "${" + s.variable + "}"}
}

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
		"schemaVersion": 39, "editable": false, "graphTooltip": 1, "refresh": "1m", "timezone": d.timezone,
		"time": object{"from": d.from, "to": "now"}, "templating": object{"list": d.templating()}, "annotations": object{"list": []any{}},
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

// templating is the data sources and the variables.
func (d dashboard) templating() (out []any) {
	for _, s := range d.sources {
		out = append(out, object{
			"name": s.variable, "label": s.title, "type": "datasource", "query": s.plugin, "hide": 0,
			"regex": "", "refresh": 1, "multi": false, "includeAll": false, "options": []any{},
		})
	}
	for _, v := range d.variables {
		out = append(out, v.object())
	}
	return out
}

// object is the variable as Grafana reads it. All of a label's values is what has the label at all; of
// what SQL finds it is the list of all that was found.
func (v variable) object() object {
	o := object{
		"name": v.name, "label": v.title, "type": "query", "hide": 0, "regex": "", "refresh": 2, "sort": 1,
		"multi": true, "includeAll": true, "options": []any{},
		"current": object{"selected": true, "text": []string{"All"}, "value": []string{"$__all"}},
	}
	switch {
	case v.words != nil:
		options := []any{}
		for i, w := range v.words {
			options = append(options, object{"selected": i == 0, "text": w, "value": w})
		}
		o["type"], o["query"], o["options"], o["current"] = "custom", strings.Join(v.words, ","), options, options[0]
		o["multi"], o["includeAll"] = false, false
		delete(o, "refresh")
		delete(o, "sort")
		return o
	case v.sql != "":
		o["datasource"], o["query"], o["definition"] = costs.object(), flat(v.sql), flat(v.sql)
	default:
		query := "label_values(" + v.of + ", " + v.label + ")"
		o["datasource"], o["query"], o["definition"], o["allValue"] = metrics.object(), query, query, ".+"
	}
	if v.single {
		o["multi"], o["includeAll"], o["current"] = false, false, object{}
	}
	return o
}

// flat is a query on one line.
func flat(query string) string {
	return strings.Join(strings.Fields(query), " ")
}
