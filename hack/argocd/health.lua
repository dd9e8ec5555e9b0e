-- ROWS

-- What Argo CD opens of Lua's libraries are base and table (util/lua of argoproj/argo-cd): no
-- function of the library string is there.
local worse = { Healthy = 0, Suspended = 1, Progressing = 2, Degraded = 3 }
local byStatus = { True = "Healthy", False = "Degraded", Unknown = "Progressing" }

-- What a condition means: its row by reason and message, by reason and status, or by reason. One that a later version
-- of a function has, and this table has not, is judged by its status.
local function healthOf(c)
  local rows = health[c.type]
  local reason = c.reason or ""
  return rows[reason .. ": " .. (c.message or "")] or rows[reason .. "/" .. (c.status or "")] or rows[reason] or byStatus[c.status] or "Progressing"
end

-- What a condition says: its reason, where it has no sentence.
local function sentenceOf(c)
  if c.message ~= nil and c.message ~= "" then
    return c.message
  end
  return c.type .. ": " .. (c.reason or c.status or "Unknown")
end

local function judge()
  local meta = obj.metadata or {}
  if meta.annotations ~= nil and meta.annotations["crossplane.io/paused"] == "true" then
    return "Suspended", "Paused by the annotation crossplane.io/paused: no edit takes effect"
  end
  local found = {}
  if obj.status ~= nil and obj.status.conditions ~= nil then
    for _, c in ipairs(obj.status.conditions) do
      found[c.type] = c
    end
  end
  -- Of an edit that Crossplane has not seen, the conditions are those of before. Crossplane
  -- 1.20 does not say what it has seen.
  local seen = found[first] ~= nil and found[first].observedGeneration
  if seen and meta.generation ~= nil and seen < meta.generation then
    return "Progressing", "Crossplane has not looked at the last edit yet"
  end
  -- A package that changes its version is Healthy by its older one for a moment.
  if obj.spec ~= nil and obj.spec.package ~= nil and (obj.status == nil or obj.status.currentIdentifier ~= obj.spec.package) then
    local c = found.Installed
    if c ~= nil and c.status == "False" and c.message ~= nil and c.message ~= "" then
      return "Degraded", c.message
    end
    return "Progressing", "Crossplane has not installed " .. obj.spec.package .. " yet"
  end
  local status, message = "Healthy", nil
  for _, name in ipairs(order) do
    local c = found[name]
    if c ~= nil then
      local is = healthOf(c)
      if worse[is] > worse[status] then
        status, message = is, sentenceOf(c)
      end
    end
  end
  if status ~= "Healthy" then
    return status, message
  end
  local c = found[last]
  if c == nil then
    return "Progressing", "Crossplane has not said yet how it is"
  end
  local is = healthOf(c)
  if is ~= "Healthy" then
    return is, sentenceOf(c)
  end
  for _, name in ipairs(order) do
    if found[name] ~= nil and found[name].message ~= nil and found[name].message ~= "" then
      return "Healthy", found[name].message
    end
  end
  return "Healthy", ""
end

local hs = {}
hs.status, hs.message = judge()
return hs
