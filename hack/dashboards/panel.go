package main

// A panel is one picture of a dashboard.
type panel struct {
	title, description string
	unit               string // of its values, as Grafana calls it; of a table, of its last column
	width              int
	draw               func(p panel) object
	queries            []query
	sql                string   // in place of queries
	columns            []column // of a table, in their order
}

// A query is PromQL, with what a line is called by its labels.
type query struct{ expr, legend string }

// Units of amounts, whose currency stands beside them: money has digits as the reader's language groups them, and
// no decimals, since of .20 that form would show .2; cents has two decimals, and no groups.
const (
	money = "locale"
	cents = "none"
)

var decimals = map[string]int{money: 0, cents: 2}

// A column of a table: a label, or Value #A of the first query where there are more than one.
type column struct{ field, title, unit string }

// state is how a condition's value is told: its word and colour.
type state struct{ no, yes string }

// object is the panel but for its place.
func (p panel) object() object {
	targets := []any{}
	o := p.draw(p)
	over, from := o["type"] == "timeseries", metrics
	if p.sql != "" {
		from = costs
		format := "table"
		if over {
			format = "time_series"
		}
		targets = append(targets, object{
			"refId": "A", "datasource": from.object(), "rawSql": flat(p.sql), "rawQuery": true, "format": format, "editorMode": "code",
		})
	}
	for i, q := range p.queries {
		format := "time_series"
		if o["type"] == "table" {
			format = "table"
		}
		targets = append(targets, object{
			"refId": string(rune('A' + i)), "datasource": from.object(), "expr": flat(q.expr), "legendFormat": q.legend,
			"instant": !over, "range": over, "format": format, "editorMode": "code",
		})
	}
	o["title"], o["description"], o["datasource"], o["targets"] = p.title, p.description, from.object(), targets
	if n, ok := decimals[p.unit]; ok {
		o["fieldConfig"].(object)["defaults"].(object)["decimals"] = n //nolint:forcetypeassert // Written by draw.
	}
	return o
}

// count is one number, in one colour below a limit and in another from there on.
func count(limit int, below, from string) func(panel) object {
	return func(p panel) object {
		return object{
			"type": "stat",
			"fieldConfig": object{"defaults": object{
				"unit": p.unit, "color": object{"mode": "thresholds"},
				"thresholds": object{"mode": "absolute", "steps": []any{
					object{"color": below, "value": nil}, object{"color": from, "value": limit},
				}},
			}, "overrides": []any{}},
			"options": object{
				"reduceOptions": object{"calcs": []string{"lastNotNull"}, "fields": "", "values": false},
				"colorMode":     "value", "graphMode": "none", "justifyMode": "center", "orientation": "auto", "textMode": "value",
				"showPercentChange": false, "percentChangeColorMode": "standard", "wideLayout": true,
			},
		}
	}
}

// lines over time. The axis begins at 0: without it a small change looks large.
func lines(p panel) object { return overTime(p, "none", 10) }

// stacked areas over time, of what adds up to a whole.
func stacked(p panel) object { return overTime(p, "normal", 60) }

// share is lines of what is 1 at most.
func share(p panel) object {
	o := overTime(p, "none", 10)
	o["fieldConfig"].(object)["defaults"].(object)["max"] = 1 //nolint:forcetypeassert // Written just above.
	return o
}

func overTime(p panel, stacking string, fill int) object {
	return object{
		"type": "timeseries",
		"fieldConfig": object{"defaults": object{
			"unit": p.unit, "min": 0, "color": object{"mode": "palette-classic"},
			"custom": object{
				"drawStyle": "line", "lineInterpolation": "stepAfter", "lineWidth": 1, "fillOpacity": fill, "showPoints": "never", "spanNulls": false,
				"axisPlacement": "auto", "stacking": object{"mode": stacking, "group": "A"},
			},
		}, "overrides": []any{}},
		"options": object{
			"legend":  object{"displayMode": "list", "placement": "bottom", "showLegend": true, "calcs": []string{}},
			"tooltip": object{"mode": "multi", "sort": "desc"},
		},
	}
}

// bars are a month each, to the right of its first day, of what adds up. Credits are below zero, so that the axis begins at 0 where
// nothing is.
func bars(p panel) object {
	o := overTime(p, "normal", 80)
	defaults := o["fieldConfig"].(object)["defaults"].(object) //nolint:forcetypeassert // Written just above.
	delete(defaults, "min")
	custom := defaults["custom"].(object) //nolint:forcetypeassert // As above.
	custom["drawStyle"], custom["axisSoftMin"], custom["barAlignment"], custom["barWidthFactor"] = "bars", 0, 1, 0.6
	return o
}

// table has a line for each result, merged by the labels where there are more queries than one.
func table(p panel) object { return listed(p, nil) }

// states is a table whose first value is a condition.
func states(s state) func(panel) object {
	return func(p panel) object {
		return listed(p, &s)
	}
}

func listed(p panel, s *state) object {
	order, names, overrides := object{}, object{}, []any{}
	for i, c := range p.columns {
		order[c.field], names[c.field] = i, c.title
		if c.unit != "" {
			overrides = append(overrides, override(c.title, object{"id": "unit", "value": c.unit}))
		}
		if s != nil && (c.field == "Value" || c.field == "Value #A") {
			overrides = append(overrides, override(c.title,
				object{"id": "custom.cellOptions", "value": object{"type": "color-text"}},
				object{"id": "mappings", "value": []any{object{"type": "value", "options": object{
					"0": object{"text": s.no, "color": "red", "index": 0}, "1": object{"text": s.yes, "color": "green", "index": 1},
				}}}},
			))
		}
	}
	excluded := object{"Time": true}
	if _, ok := order["Value"]; !ok && len(p.queries) == 1 {
		excluded["Value"] = true
	}
	transformations := []any{}
	if len(p.queries) > 1 {
		transformations = append(transformations, object{"id": "merge", "options": object{}})
	}
	if len(p.columns) > 0 { // SQL names its own
		transformations = append(transformations, object{"id": "organize", "options": object{
			"excludeByName": excluded, "indexByName": order, "renameByName": names,
		}})
	}
	return object{
		"type": "table", "transformations": transformations,
		"fieldConfig": object{"defaults": object{
			"unit": p.unit, "color": object{"mode": "fixed", "fixedColor": "text"},
			"custom": object{"align": "auto", "minWidth": 60, "filterable": true, "inspect": false, "cellOptions": object{"type": "auto"}},
		}, "overrides": overrides},
		"options": object{"frameIndex": 0, "showHeader": true, "cellHeight": "sm", "footer": object{"show": false, "reducer": []string{}, "fields": ""}},
	}
}

func override(field string, properties ...any) object {
	return object{"matcher": object{"id": "byName", "options": field}, "properties": properties}
}

// matrix is a table with a line for each value of one column of SQL, and a column for each of another one.
func matrix(line, column, value string) func(panel) object {
	return func(p panel) object {
		o := listed(p, nil)
		o["transformations"] = []any{object{"id": "groupingToMatrix", "options": object{
			"rowField": line, "columnField": column, "valueField": value, "emptyValue": "null",
		}}}
		return o
	}
}
