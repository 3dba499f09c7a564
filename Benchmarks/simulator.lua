-- Contacts made and changed by URN, and read by URN, in turn.
local contacts = tonumber(os.getenv("CONTACTS"))
local headers = { ["Authorization"] = "Token benchmark", ["Content-Type"] = "application/json" }
local count = 0
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init()
  unexpected = 0
end

function request()
  count = count + 1
  local number = count * 7919 % contacts
  local path = "/api/v2/contacts.json?urn=whatsapp%3A" .. string.format("55829%08d", number)
  if count % 2 == 0 then return wrk.format("GET", path, headers) end
  local body = '{"name": "Contact ' .. number .. '", "language": "por"}'
  return wrk.format("POST", path, headers, body)
end

function response(status)
  if status ~= 200 and status ~= 201 then unexpected = unexpected + 1 end
end

function done(summary, latency, all)
  local unexpected = 0
  for _, thread in ipairs(threads) do unexpected = unexpected + thread:get("unexpected") end
  io.write(string.format("%d requests, %d answered neither 200 nor 201\n", summary.requests, unexpected))
end
