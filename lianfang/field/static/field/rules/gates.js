// The rules of a gate, on the phone: the same decision as lianfang/engines/rules/gates/ on the server.
//
//   const gate = compileRules(rules);          // `rules` as the bundle brings them; once
//   const decision = decide(gate, situation);  // microseconds
//   const words = say(decision, rules, situation.offset);   // { title, say, instead }
//
// What goes in and comes out is described in docs/reference/gate-rules.md; both sides are held to
// lianfang/engines/rules/gates/vectors.json. Times are whole seconds, temperatures whole tenths.

import { WORDS } from "./wording.js";

const DAY = 86400;
const HOME = new Set(["resident", "tenant"]);
const CATEGORIES = ["resident", "tenant", "visitor", "courier", "worker", "employee", "duty_staff", "emergency"];
const STATES = ["open", "closed", "precaution", "controlled", "locked_down"];
const KNOWN = new Set(["register", "pass", "confirmed"]);
const TURNED_BACK = new Set([
  "outsider", "goods_on_shelf", "host_declined", "not_of_place", "visit_to_observed", "zone_no_entry",
  "exposure_refused", "vehicle_not_admitted",
]);
const NOT_WAIVED = new Set([
  "observed_stays", "household_observed_stays", "colour_stays", "zone_no_exit", "zone_no_entry",
  "visit_to_observed", "wrong_way", "wrong_lane", "symptoms_refused", "exposure_refused",
  "no_mask_refused", "health_code_refused", "answer_refused",
]);
const ALWAYS_SERIOUS = new Set([
  "pass_tampered", "pass_unknown_key", "pass_other_household", "pass_handed_on", "pass_revoked",
]);
const PAPER_CODES = { photo_match: "photo_mismatch", disinfected: "not_disinfected" };

export function compileRules(rules) {
  const lanes = new Map();
  for (const direction of ["in", "out"]) {
    for (const category of CATEGORIES) {
      for (const state of STATES) {
        lanes.set(`${direction} ${category} ${state}`, makeLane(rules, direction, category, state));
      }
    }
  }
  return {
    rules,
    lanes,
    emergencyVehicles: new Set(rules.emergency_vehicles),
    escorts: new Set(rules.escorts),
    limits: new Map(rules.thresholds.map((one) => [`${one.device} ${one.site}`, one.abnormal_from])),
  };
}

export function decide(gate, s) {
  const place = s.place;
  const lane = gate.lanes.get(`${s.direction} ${s.category} ${place?.state ?? "closed"}`);
  if (!lane) throw new Error(`No such situation: ${s.direction} ${s.category} ${place?.state}`);
  if (lane.first || s.emergency || (s.vehicle && gate.emergencyVehicles.has(s.vehicle.kind))) {
    return answer("admitted", { notes: ["emergency_first"], registering: "mark" });
  }
  if (gate.escorts.has(s.escort) && (lane.leaving || lane.home)) {
    return answer("admitted", { notes: ["escorted"], registering: "full" });
  }
  const found = judge(gate, s.readings ?? []);
  if (found.verdict === "fever" || found.verdict === "recheck") return heldForFever(gate.rules, lane, found);
  return passage(gate, lane, s, found);
}

// The words for the weightiest reason, else for what is missing first, else for the first note.
export function say(decision, rules, offset, language = "zh") {
  const suffix = language === "en" ? "_en" : "";
  const values = valuesOf(decision, offset, suffix);
  const missing = decision.missing[0];
  if (missing) Object.assign(values, valuesOfMissing(missing, rules, suffix));
  let code = decision.reasons[0] ?? "";
  if (!code && missing) {
    const prompt = WORDS.missing[missing.kind]["say" + suffix];
    return { title: WORDS.outcomes.undecided["title" + suffix], say: filled(prompt, values), instead: "" };
  }
  const welcome = WORDS.admitted["say" + suffix];
  if (!code && decision.notes.length) {
    code = decision.notes[0];
    // A breach that is noted: the person is let in, and hears no refusal.
    if (WORDS.codes[code].outcome) {
      return { title: WORDS.codes[code]["title" + suffix], say: welcome, instead: "" };
    }
  }
  if (!code) return { title: WORDS.outcomes.admitted["title" + suffix], say: welcome, instead: "" };
  const entry = WORDS.codes[code];
  return {
    title: entry["title" + suffix],
    say: filled(entry["say" + suffix], values),
    instead: filled(entry["instead" + suffix] ?? "", values),
  };
}

export function codeTitle(code, language = "zh") {
  return WORDS.codes[code]?.[language === "en" ? "title_en" : "title"] ?? code;
}

function answer(outcome, { reasons = [], notes = [], missing = [], facts = {}, registering = "full" }) {
  return { outcome, reasons: unique(reasons), notes: unique(notes), missing, facts, registering };
}

// ---- what holds for a category in a direction while the place is in a state ----

function makeLane(rules, direction, category, state) {
  const leaving = direction === "out";
  const row = rules.categories[category];
  const stateRow = rules.states[state];
  const home = HOME.has(category);
  const checked = stateRow.checked;
  const forCategory = (one) => !one.categories.length || one.categories.includes(category);
  return {
    leaving,
    home,
    first: category === "emergency",
    checked,
    passage: checked ? passageOf(rules, row, leaving, home) : "always",
    barred: checked && isBarred(stateRow, category, leaving, home),
    statePurposes: leaving ? stateRow.purposes : [],
    papers: checked ? (leaving ? row.papers_out : row.papers_in) : [],
    hours: checked ? (leaving ? row.hours_out : row.hours_in) : [],
    // A guest who stayed too long is let out, not locked in.
    curfew: checked && row.curfew && !(leaving && !home && category !== "employee") ? rules.curfew : [],
    quotas:
      checked && leaving && row.quota
        ? rules.quotas.filter((one) => forCategory(one) && (!one.states.length || one.states.includes(state)))
        : [],
    timed: !leaving && rules.quotas.some((one) => one.minutes_out),
    measure: checked ? row.measure : "none",
    questions: checked
      ? rules.questions.filter((one) => forCategory(one) && (!one.directions.length || one.directions.includes(direction)))
      : [],
    registering: checked ? row.registering : "none",
    goodsLeft: row.goods_left,
  };
}

function passageOf(rules, row, leaving, home) {
  if (!leaving) return row.enters;
  return home && rules.passes_needed && row.leaves === "always" ? "with_pass" : row.leaves;
}

function isBarred(stateRow, category, leaving, home) {
  if (leaving) {
    return (stateRow.nobody_leaves || stateRow.leaves.length > 0) && !stateRow.leaves.includes(category);
  }
  return !home && stateRow.enters.length > 0 && !stateRow.enters.includes(category);
}

// ---- temperatures ----

function judge({ rules, limits }, readings) {
  let found = { verdict: "none", cleared: false };
  let first = null;
  let pending = null;
  let failed = 0;
  let cleared = false;
  for (const reading of readings) {
    const tenths = reading.tenths;
    if (tenths === undefined || tenths === null) {
      if (!rules.number_required && reading.normal && !first) found = { verdict: "normal", cleared: false };
      continue;
    }
    if (tenths < rules.plausible_from || tenths > rules.plausible_to) {
      if (found.verdict === "none") found = { verdict: "implausible", cleared: false };
      continue;
    }
    const limit = limitOf(rules, limits, reading);
    if (!first) {
      if (tenths < limit) {
        found = { verdict: "normal", cleared: false };
        continue;
      }
      first = reading;
      failed = 0;
    } else if (!isRecheck(rules, reading, pending.since, first)) {
      continue;
    } else if (tenths < limit) {
      first = null;
      cleared = true;
      found = { verdict: "normal", cleared: false };
      continue;
    } else {
      failed += 1;
    }
    if (failed >= rules.rechecks) return { verdict: "fever", cleared, reading: tenths, threshold: limit };
    pending = { verdict: "recheck", cleared, reading: tenths, threshold: limit, since: reading.at ?? 0 };
  }
  if (first) return pending;
  return cleared ? { verdict: "normal", cleared: true } : found;
}

function isRecheck(rules, reading, since, first) {
  if ((reading.at ?? 0) < since + rules.recheck_after_minutes * 60) return false;
  if (rules.recheck_other_device && (!reading.device || reading.device === (first.device ?? ""))) return false;
  return !rules.recheck_site || (reading.site ?? "") === rules.recheck_site;
}

function limitOf(rules, limits, reading) {
  const kind = reading.kind ?? "";
  const site = reading.site ?? "";
  return (
    limits.get(`${kind} ${site}`) ?? limits.get(`${kind} `) ?? limits.get(` ${site}`) ?? rules.abnormal_from
  );
}

function heldForFever(rules, lane, found) {
  const facts = { reading: found.reading, threshold: found.threshold };
  if (found.verdict === "fever") {
    return answer("held", { reasons: ["fever"], facts, registering: lane.registering });
  }
  const recheck = { kind: "recheck" };
  if (rules.recheck_after_minutes) {
    recheck.at = facts.rest_until = found.since + rules.recheck_after_minutes * 60;
  }
  if (rules.recheck_other_device) recheck.other_device = true;
  if (rules.recheck_site) recheck.site = rules.recheck_site;
  return answer("held", { reasons: ["fever_recheck"], missing: [recheck], facts, registering: lane.registering });
}

// ---- one situation on its way through the rules ----

function passage(gate, lane, s, found) {
  const { rules } = gate;
  const identity = s.identity ?? "";
  const shown = s.shown ?? null;
  const good = shown !== null && shown.state === "valid";
  const clock = s.now + s.offset * 60;
  const way = {
    gate, rules, lane, s, found, shown, good, clock,
    minute: Math.floor(modulo(clock, DAY) / 60),
    known: KNOWN.has(identity) || good,
    home: lane.home && identity !== "denied",
    colour: good ? rules.colours[shown.colour ?? ""] ?? null : null,
    answers: s.answers ?? {},
    papers: s.papers ?? {},
    against: [], notes: [], missing: [], facts: {},
  };
  const asked = lane.questions.length > 0 && (way.colour === null || way.colour.asked);
  if (asked) {
    for (const question of lane.questions) {
      const effect = effectOf(question, way.answers[question.question]);
      if (effect.endsWith("_held")) return answer("held", { reasons: [effect], registering: lane.registering });
    }
  }
  if (observation(way)) return answer("held", { reasons: ["key_person"], registering: lane.registering });
  gateItself(way);
  stateOfPlace(way);
  who(way);
  passShown(way);
  const purpose = purposeOf(way);
  papersOf(way, purpose);
  if (lane.hours.length && !within(lane.hours, way.minute)) {
    closed(way, "outside_hours", nextStart(lane.hours, clock));
  }
  if (lane.curfew.length && within(lane.curfew, way.minute) && (!purpose || purpose.curfew)) {
    closed(way, "curfew", nextEnd(lane.curfew, clock));
  }
  if (lane.leaving) {
    if (!purpose || purpose.quota) quotasOf(way);
  } else if (way.home && lane.timed) {
    overstay(way);
  }
  vehicleOf(way);
  measure(way);
  if (asked) questionsOf(way);
  return resolved(way);
}

function observation({ s, rules, lane, home, against, notes }) {
  const observed = (s.person_state ?? "ordinary") !== "ordinary";
  if (lane.leaving) {
    if (observed && rules.observed_leave === "with_escort") {
      against.push("observed_stays");
    } else if (home && rules.observed_households === "with_escort" && s.household_state === "observed") {
      against.push("household_observed_stays");
    }
    return false;
  }
  if (observed) {
    if (!home) return true;
    notes.push("observed_return");
  }
  if (s.host_state === "observed" && !home) against.push("visit_to_observed");
  return false;
}

function gateItself({ s, against }) {
  const place = s.place;
  if (!place) return;
  if (place.directions?.length && !place.directions.includes(s.direction)) against.push("wrong_way");
  const lane = place.lane ?? "both";
  if (lane !== "both" && (lane === "vehicles") !== Boolean(s.vehicle)) against.push("wrong_lane");
}

function stateOfPlace(way) {
  const { lane, s, against } = way;
  if (!lane.barred) return;
  if (!lane.leaving) {
    against.push("zone_no_entry");
    return;
  }
  if (lane.statePurposes.length) {
    if (!s.purpose) {
      missPurpose(way);
      return;
    }
    if (lane.statePurposes.includes(s.purpose)) return;
  }
  against.push("zone_no_exit");
}

function who({ s, lane, known, colour, against, missing }) {
  if (lane.leaving) {
    if (lane.passage === "not_allowed") against.push("stays_inside");
    return;
  }
  if (s.identity === "denied" && (lane.home || lane.passage === "known" || lane.passage === "with_host")) {
    against.push("not_of_place");
    return;
  }
  if (colour?.enters === "always" || !lane.checked) return;
  if (lane.passage === "not_admitted") {
    against.push(lane.goodsLeft ? "goods_on_shelf" : "outsider");
  } else if (lane.passage === "with_host") {
    if (s.host === "declined") against.push("host_declined");
    else if (s.host !== "confirmed") missing.push({ kind: "host" });
  } else if (!known && (lane.home || lane.passage === "known")) {
    missing.push({ kind: "identity" });
  }
}

function passShown(way) {
  const { s, lane, shown, colour, against, notes, missing } = way;
  const needed = lane.passage === "with_pass";
  if (shown === null) {
    if (needed) {
      if (s.shown === null) against.push("pass_missing");
      else missing.push({ kind: "pass" });
    }
    return;
  }
  const fault = faultOf(way);
  if (fault) (needed || ALWAYS_SERIOUS.has(fault) ? against : notes).push(fault);
  if (lane.leaving && colour?.leaves === "with_escort") against.push("colour_stays");
}

function faultOf({ rules, s, shown, facts }) {
  const state = shown.state ?? "";
  if (state !== "valid") return `pass_${state}`;
  if (shown.same_household === false) return "pass_other_household";
  if (rules.returnee_voids_pass && shown.kind === "household" && s.joined_by_returnee) return "pass_void";
  const phases = s.place?.phases ?? [];
  if (rules.phases_apart && phases.length && !phases.includes(shown.phase ?? "")) return "pass_other_phase";
  const used = shown.used_minutes_ago ?? null;
  if (rules.handed_on_within_minutes && used !== null && used <= rules.handed_on_within_minutes) {
    facts.used_minutes_ago = used;
    return "pass_handed_on";
  }
  return "";
}

function purposeOf(way) {
  const { rules, lane, home, s, against } = way;
  if (!(lane.leaving && home && lane.checked)) return null;
  const purpose = s.purpose ?? "";
  if (rules.listed_purposes_only) {
    if (!purpose) missPurpose(way);
    else if (!(purpose in rules.purposes)) against.push("purpose_not_listed");
  }
  return rules.purposes[purpose] ?? null;
}

function papersOf(way, purpose) {
  need(way, way.lane.papers);
  need(way, way.colour?.papers ?? []);
  need(way, purpose?.papers ?? []);
  if (way.rules.pass_with_id && way.good) need(way, ["id_card"]);
}

function need({ papers: have, missing, against }, papers) {
  for (const paper of papers) {
    if (have[paper]) continue;
    if (!missing.some((one) => one.kind === "paper" && one.code === paper)) {
      missing.push({ kind: "paper", code: paper });
    }
    if (have[paper] === false) {
      const code = PAPER_CODES[paper] ?? "paper_missing";
      if (!against.includes(code)) against.push(code);
    }
  }
}

function closed({ against, facts, s }, code, opens) {
  against.push(code);
  facts.opens_at = Math.max(facts.opens_at ?? 0, opens - s.offset * 60);
}

function vehicleOf(way) {
  const { s, rules, lane, home, shown, good, found, against, missing } = way;
  const vehicle = s.vehicle;
  if (!vehicle || !lane.checked) return;
  const rule = rules.vehicles[vehicle.kind ?? ""];
  if (rule) {
    if (rule.hours.length && !within(rule.hours, way.minute)) {
      closed(way, "outside_hours", nextStart(rule.hours, way.clock));
    }
    if (!lane.leaving) {
      if (rule.enters === "not_admitted" || (rule.enters === "residents" && !home)) {
        against.push("vehicle_not_admitted");
      } else if (rule.enters === "with_pass" && !(good && shown.kind === "vehicle")) {
        need(way, ["vehicle_pass"]);
      }
    }
    need(way, rule.papers);
  }
  if (rules.occupants_measured && lane.measure !== "none") {
    const occupants = vehicle.occupants ?? 1;
    const count = occupants - (vehicle.measured ?? 0);
    if (count > 0 && !(occupants === 1 && found.verdict === "normal")) missing.push({ kind: "occupants", count });
  }
}

function measure(way) {
  const { s, lane, colour, found, against, notes, missing } = way;
  if (found.cleared) notes.push("fever_cleared");
  const rule = colour?.measure && lane.checked ? colour.measure : lane.measure;
  if (rule === "none") return;
  if (found.verdict === "normal" && (rule === "every" || measuredToday(way))) return;
  if (s.reading_declined) {
    against.push("not_measured");
    return;
  }
  missing.push(found.verdict === "implausible" ? { kind: "reading", code: "implausible" } : { kind: "reading" });
}

function measuredToday({ s, clock }) {
  const today = Math.floor(clock / DAY);
  return (s.readings ?? []).some((one) => Math.floor(((one.at ?? 0) + s.offset * 60) / DAY) === today);
}

function questionsOf({ lane, answers, known, against, notes, missing }) {
  for (const question of lane.questions) {
    const given = answers[question.question] ?? "";
    const effect = effectOf(question, given);
    if (effect) {
      (effect.endsWith("_refused") ? against : notes).push(effect);
    } else if (given === "declined") {
      if (!question.optional) against.push("not_answered");
    } else if (!given && !question.optional && !(question.unknown_only && known)) {
      missing.push({ kind: "question", code: question.question });
    }
  }
}

function effectOf(question, given) {
  if (!given) return "";
  if (question.hold_on.includes(given)) return `${question.reason}_held`;
  if (question.refuse_on.includes(given)) return `${question.reason}_refused`;
  if (question.note_on.includes(given)) return `${question.reason}_noted`;
  return "";
}

function missPurpose({ missing }) {
  if (!missing.some((one) => one.kind === "purpose")) missing.push({ kind: "purpose" });
}

function resolved(way) {
  const { lane, home, colour, against, facts } = way;
  let { notes, missing } = way;
  if (against.length) {
    if (home && !lane.leaving) {
      // Residents come home whatever the rules: the breach is written down, the person is not shut out.
      notes = [...against, ...notes];
      missing = missing.filter((one) => !isRefused(way, one));
    } else if (isWaived(way)) {
      notes = [...against, ...notes];
      missing = stillMissingForWaiver(way);
    } else {
      return answer(TURNED_BACK.has(against[0]) ? "turned_back" : "refused", {
        reasons: against,
        notes,
        missing: missing.filter((one) => isRefused(way, one)),
        facts,
        registering: lane.registering,
      });
    }
  }
  const registering = colour?.registering || lane.registering;
  return answer(missing.length ? "" : "admitted", { notes, missing, facts, registering });
}

function isRefused({ papers }, one) {
  return one.kind === "paper" && papers[one.code] === false;
}

function isWaived({ rules, papers, against }) {
  if (!rules.id_and_normal_suffice || against.some((code) => NOT_WAIVED.has(code))) return false;
  return papers.id_card !== false && !against.includes("not_measured");
}

function stillMissingForWaiver({ papers, missing, found }) {
  const lacking = papers.id_card ? [] : [{ kind: "paper", code: "id_card" }];
  lacking.push(...missing.filter((one) => one.kind === "reading" || one.kind === "question"));
  if (found.verdict !== "normal" && !lacking.some((one) => one.kind === "reading")) {
    lacking.push({ kind: "reading" });
  }
  return lacking;
}

// ---- exit quotas ----

function quotasOf(way) {
  const { s, lane, shown, colour, against, notes, facts } = way;
  if (colour?.leaves === "always") return;
  for (const quota of lane.quotas) {
    if (!applies(quota, s, shown)) continue;
    if (quota.purposes.length) {
      if (!s.purpose) {
        missPurpose(way);
        continue;
      }
      if (!quota.purposes.includes(s.purpose)) continue;
    }
    const left = leftOf(quota, s, shown);
    if (left.code) {
      if (!against.includes(left.code)) against.push(left.code);
      if (left.freeAt) facts.free_at = Math.max(facts.free_at ?? 0, left.freeAt);
    }
    if (quota.hours.length && !within(quota.hours, way.minute)) {
      closed(way, "outside_hours", nextStart(quota.hours, way.clock));
    }
    if (quota.minutes_out) {
      const backBy = s.now + quota.minutes_out * 60;
      facts.back_by = Math.min(facts.back_by ?? backBy, backBy);
    }
    if (quota.reward_after_days) {
      const since = unusedSince(quota.unit, s, shown);
      if (since !== null && s.now - since >= quota.reward_after_days * DAY) notes.push("reward_due");
    }
  }
}

function applies(quota, s, shown) {
  if (quota.unit === "vehicle" && !s.vehicle) return false;
  if (quota.colour && (shown?.colour ?? "") !== quota.colour) return false;
  if (!quota.households) return true;
  if (quota.households === "joined_by_returnee") return Boolean(s.joined_by_returnee);
  return Boolean(s.outside_worker) === (quota.households === "with_outside_worker");
}

function leftOf(quota, s, shown) {
  if (quota.kind === "none") return { code: quota.group_buying ? "group_buying" : "quota_none" };
  const unit = s.units?.[quota.unit];
  const exits = unit?.exits ?? [];
  const party = s.party ?? 1;
  if (party > quota.times || (quota.at_once && party > quota.at_once)) return { code: "too_many_together" };
  if (quota.at_once && party + exits.filter(([, back]) => back === null).length > quota.at_once) {
    return { code: "someone_still_out" };
  }
  const offset = s.offset * 60;
  if (quota.kind === "rolling") {
    const since = s.now - quota.days * DAY;
    const outs = exits.map(([out]) => out).filter((out) => out !== null && since < out && out <= s.now);
    if (outs.length + party <= quota.times) return { code: "" };
    outs.sort((a, b) => a - b);
    return { code: "quota_used", freeAt: outs[outs.length + party - quota.times - 1] + quota.days * DAY };
  }
  const today = Math.floor((s.now + offset) / DAY);
  let first = today - quota.days + 1;
  let freeDay = 0;
  if (quota.kind === "odd_even") {
    const number = unit?.number ?? null;
    if (number !== null && modulo(number, 2) !== dayOfMonth(today) % 2) {
      return { code: "not_your_day", freeAt: nextDayLike(today, modulo(number, 2)) * DAY - offset };
    }
    first = today;
    freeDay = nextDayLike(today, dayOfMonth(today) % 2);
  } else if (quota.kind === "block") {
    const start = quota.anchor_pass ? Math.floor(((shown?.valid_from ?? 0) + offset) / DAY) : quota.anchor;
    first = today - modulo(today - start, quota.days);
    freeDay = first + quota.days;
  }
  const days = exits
    .filter(([out]) => out !== null)
    .map(([out]) => Math.floor((out + offset) / DAY))
    .filter((day) => first <= day && day <= today);
  if (days.length + party <= quota.times) return { code: "" };
  if (!freeDay) {
    days.sort((a, b) => a - b);
    freeDay = days[days.length + party - quota.times - 1] + quota.days;
  }
  return { code: "quota_used", freeAt: freeDay * DAY - offset };
}

function overstay({ gate, s, shown, facts, notes }) {
  if (!s.units) return;
  const out = gate.lanes.get(`out ${s.category} ${s.place?.state ?? "closed"}`);
  for (const quota of out.quotas) {
    if (!quota.minutes_out || !applies(quota, s, shown)) continue;
    const since = outSince(quota.unit, s);
    if (since !== null && s.now - since > quota.minutes_out * 60) {
      facts.out_minutes = Math.floor((s.now - since) / 60);
      facts.minutes_out = quota.minutes_out;
      notes.push("overstay");
      return;
    }
  }
}

function outSince(unit, s) {
  for (const name of ["person", unit]) {
    const still = (s.units[name]?.exits ?? [])
      .filter(([out, back]) => back === null && out !== null && out <= s.now)
      .map(([out]) => out);
    if (still.length) return Math.max(...still);
  }
  return null;
}

function unusedSince(unit, s, shown) {
  const outs = (s.units?.[unit]?.exits ?? []).map(([out]) => out).filter((out) => out !== null && out <= s.now);
  return outs.length ? Math.max(...outs) : shown?.valid_from ?? null;
}

function dayOfMonth(day) {
  return new Date(day * DAY * 1000).getUTCDate();
}

function nextDayLike(day, parity) {
  do day += 1;
  while (dayOfMonth(day) % 2 !== parity);
  return day;
}

// ---- spans of the day ----

function within(windows, minute) {
  return windows.some(([start, end]) =>
    start < end ? start <= minute && minute < end : minute >= start || minute < end,
  );
}

function nextStart(windows, clock) {
  return Math.min(...windows.map(([start]) => nextMinute(start, clock)));
}

function nextEnd(windows, clock) {
  const minute = Math.floor(modulo(clock, DAY) / 60);
  return Math.max(
    ...windows.filter((one) => within([one], minute)).map(([, end]) => nextMinute(end % 1440, clock)),
  );
}

function nextMinute(minute, clock) {
  const at = clock - modulo(clock, DAY) + minute * 60;
  return at > clock ? at : at + DAY;
}

function modulo(value, by) {
  return ((value % by) + by) % by;
}

function unique(codes) {
  return [...new Set(codes)];
}

// ---- words ----

const TIMES = new Set(["free_at", "back_by", "rest_until", "opens_at"]);
const TENTHS = new Set(["reading", "threshold"]);

function valuesOf(decision, offset, suffix) {
  const values = {};
  for (const [name, fact] of Object.entries(decision.facts)) {
    if (TIMES.has(name)) values[name] = moment(fact, WORDS.moments["format" + suffix], offset);
    else if (TENTHS.has(name)) values[name] = `${Math.floor(fact / 10)}.${fact % 10}`;
    else values[name] = String(fact);
  }
  return values;
}

function valuesOfMissing(missing, rules, suffix) {
  const values = {};
  if (missing.kind === "paper") values.paper = WORDS.papers[missing.code]["title" + suffix];
  if (missing.kind === "question") {
    values.ask = rules.questions.find((one) => one.question === missing.code)["ask" + suffix];
  }
  if ("count" in missing) values.count = String(missing.count);
  return values;
}

function moment(at, form, offset) {
  const local = new Date((at + offset * 60) * 1000);
  return filled(form, {
    month: String(local.getUTCMonth() + 1),
    day: String(local.getUTCDate()),
    hour: String(local.getUTCHours()),
    minute: String(local.getUTCMinutes()).padStart(2, "0"),
  });
}

// A [part] whose value is not known is left out.
function filled(template, values) {
  const whole = template.replace(/\[([^\]]*)\]/g, (_, part) =>
    [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => name in values) ? part : "",
  );
  return whole.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
