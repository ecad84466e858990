// A calendar becomes free hours here, in the browser. Its text has no field that is sent.
const box = document.querySelector("[data-calendar]");
if (box) {
  const DAYS = 28, DAY = 96, DAWN = 24, NIGHT = 92;
  const CODES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
  const NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const PARTS = { morning: [32, 48], afternoon: [48, 68], evening: [68, 84], night: [84, 96] };
  const now = new Date();
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const dayAfter = (day, n) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + n);
  const daysBetween = (a, b) => Math.round((Date.UTC(b.getFullYear(), b.getMonth(), b.getDate())
    - Date.UTC(a.getFullYear(), a.getMonth(), a.getDate())) / 864e5);

  // A time of UTC is turned to this clock; one of a named zone is read as the wall clock shows it.
  const timeOf = (text) => {
    const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/.exec(text.trim());
    if (!found) return null;
    const [year, month, day, hour, minute] = found.slice(1, 6).map((part) => Number(part || 0));
    const parts = [year, month - 1, day, hour, minute];
    return found[7] ? new Date(Date.UTC(...parts)) : new Date(...parts);
  };
  const minutesOf = (text) => {
    const found = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(text.trim());
    const [weeks, days, hours, minutes] = (found || []).slice(1).map((part) => Number(part || 0));
    return found ? ((weeks * 7 + days) * 24 + hours) * 60 + minutes : 0;
  };

  const eventsOf = (text) => {
    const events = [];
    let event = null;
    let inside = 0;
    for (const line of text.replace(/\r\n?/g, "\n").replace(/\n[ \t]/g, "").split("\n")) {
      const [, name, value] = /^([\w-]+)(?:;[\w-]+=(?:"[^"]*"|[^":;])*)*:(.*)$/.exec(line) || [];
      const key = name?.toUpperCase();
      if (key === "BEGIN" && value === "VEVENT") event = {};
      else if (key === "END" && value === "VEVENT" && event) { events.push(event); event = null; }
      else if (event && key === "BEGIN") inside += 1;
      else if (event && key === "END") inside -= 1;
      else if (event && key && !inside) event[key] = key === "EXDATE" && event[key] ? `${event[key]},${value}` : value;
    }
    return events;
  };

  const isBusy = (event) => {
    const state = event["X-MICROSOFT-CDO-BUSYSTATUS"];
    const busy = state === "BUSY" || state === "OOF";
    if (!event.DTSTART || event.STATUS === "CANCELLED" || event.TRANSP === "TRANSPARENT" || state === "FREE") return false;
    return event.DTSTART?.includes("T") || busy || event.TRANSP === "OPAQUE";
  };

  // Whether a rule meets on a day; null if we cannot read the rule.
  const ruleOf = (text, start) => {
    const rule = Object.fromEntries(text.split(";").map((part) => part.split("=")));
    const every = Number(rule.INTERVAL || 1);
    const on = (rule.BYDAY || "").split(",").filter(Boolean);
    const known = ["FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"];
    if (!["WEEKLY", "DAILY"].includes(rule.FREQ) || Object.keys(rule).some((key) => !known.includes(key))) return null;
    const first = CODES.indexOf(rule.WKST || "MO");
    const weekOf = (day) => daysBetween(dayAfter(start, -((start.getDay() - first + 7) % 7)), day);
    const until = rule.UNTIL && timeOf(rule.UNTIL);
    const last = until && !rule.UNTIL.includes("T") ? dayAfter(until, 1) : until;
    const meets = (day) => {
      const n = daysBetween(start, day);
      const at = new Date(day.getFullYear(), day.getMonth(), day.getDate(), start.getHours(), start.getMinutes());
      if (n < 0 || (last && at > last)) return false;
      if (rule.FREQ === "DAILY") return n % every === 0 && (!on.length || on.includes(CODES[day.getDay()]));
      const days = on.length ? on : [CODES[start.getDay()]];
      return Math.floor(weekOf(day) / 7) % every === 0 && days.includes(CODES[day.getDay()]);
    };
    return { meets, count: Number(rule.COUNT || Infinity) };
  };

  const startsOf = (event, start) => {
    const rule = event.RRULE && ruleOf(event.RRULE, start);
    if (event.RRULE && !rule) return null;
    if (!rule) return [start];
    const found = [];
    let left = rule.count;
    const begin = Number.isFinite(left) ? 0 : Math.max(0, daysBetween(start, today) - 7);
    for (let n = begin; left > 0 && n <= daysBetween(start, today) + DAYS; n += 1) {
      const day = dayAfter(start, n);
      if (!rule.meets(day)) continue;
      left -= 1;
      found.push(new Date(day.getFullYear(), day.getMonth(), day.getDate(), start.getHours(), start.getMinutes()));
    }
    return found;
  };

  // Quarter hours of a week, Monday first, in which one is busy in any of the next four weeks.
  const busyOf = (events) => {
    const busy = new Array(7 * DAY).fill(false);
    const moved = events.filter((event) => event["RECURRENCE-ID"]).map((event) => `${event.UID} ${+timeOf(event["RECURRENCE-ID"])}`);
    const told = { read: 0, unread: 0 };
    for (const event of events.filter(isBusy)) {
      const start = timeOf(event.DTSTART);
      const end = event.DTEND && timeOf(event.DTEND);
      const whole = event.DTSTART.includes("T") ? 0 : 1440;
      const length = end ? (end - start) / 6e4 : event.DURATION ? minutesOf(event.DURATION) : whole;
      const starts = start && startsOf(event, start);
      if (!starts) { told.unread += 1; continue; }
      const off = (event.EXDATE || "").split(",").map((one) => +timeOf(one));
      let counted = false;
      for (const at of starts) {
        if (off.includes(+at) || (!event["RECURRENCE-ID"] && moved.includes(`${event.UID} ${+at}`))) continue;
        const from = daysBetween(today, at) * 1440 + at.getHours() * 60 + at.getMinutes();
        const first = Math.max(0, Math.floor(from / 15));
        const stop = Math.min(DAYS * DAY, Math.ceil((from + length) / 15));
        for (let q = first; q < stop; q += 1) busy[(((today.getDay() + 6) % 7) * DAY + q) % busy.length] = counted = true;
      }
      told.read += counted;
    }
    return [busy, told];
  };

  // The two longest free times of a day, in order.
  const freeOf = (busy) => {
    const runs = [];
    for (let q = DAWN; q < NIGHT; q += 1) {
      if (busy[q]) continue;
      if (runs.length && runs.at(-1)[1] === q) runs.at(-1)[1] = q + 1;
      else runs.push([q, q + 1]);
    }
    const long = runs.filter(([a, b]) => b - a >= 4).sort((a, b) => b[1] - b[0] - a[1] + a[0]);
    return long.slice(0, 2).sort((a, b) => a[0] - b[0]);
  };

  const field = (name) => document.querySelector(`[name="${name}"]`);
  const clock = (q) => `${String(Math.floor(q / 4)).padStart(2, "0")}:${String((q % 4) * 15).padStart(2, "0")}`;
  const fill = (week) => week.forEach((free, day) => {
    ["", "2"].forEach((again, n) => {
      const [from, to] = free[n] || [];
      field(`from${again}-${NAMES[day]}`).value = free[n] ? clock(from) : "";
      field(`to${again}-${NAMES[day]}`).value = free[n] ? clock(to) : "";
    });
    for (const [part, [from, to]] of Object.entries(PARTS)) {
      document.querySelector(`[name=free][value=${NAMES[day]}-${part}]`).checked = free.some(([a, b]) => a <= from && b >= Math.min(to, NIGHT));
    }
  });

  const said = box.querySelector("[role=status]");
  const text = box.querySelector("textarea");
  const read = (calendar) => {
    if (!calendar.trim()) return;
    const [busy, told] = busyOf(eventsOf(calendar));
    const week = NAMES.map((_, day) => freeOf(busy.slice(day * DAY, (day + 1) * DAY)));
    const { own, some, none, full } = box.dataset;
    text.value = "";
    if (!told.read) said.textContent = none;
    else if (!week.flat().length) said.textContent = full;
    else {
      fill(week);
      field("week").closest(".choices").querySelector("[value=own]").checked = true;
      for (let at = field("from-mon"); at; at = at.parentElement) if (at.localName === "details") at.open = true;
      said.textContent = own.replace("{read}", told.read);
    }
    if (told.unread) said.textContent += ` ${some.replace("{unread}", told.unread)}`;
  };

  box.hidden = false;
  text.addEventListener("input", () => { if (/END:VCALENDAR\s*$/.test(text.value)) read(text.value); });
  text.addEventListener("change", () => read(text.value));
  box.querySelector("[type=file]").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file) read(await file.text());
    target.value = "";
  });
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    read(await file.text());
  });
}
