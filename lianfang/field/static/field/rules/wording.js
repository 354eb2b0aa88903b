// Written by tools/gates.py from lianfang/engines/rules/gates/codes.toml: change it there.
export const WORDS = {
 "codes": {
  "fever": {
   "outcome": "held",
   "title": "发热",
   "title_en": "Fever",
   "say": "您的体温{reading}℃，复测仍偏高。请别着急，先到旁边的临时隔离点坐一下，我们马上联系医生。",
   "say_en": "Your temperature is {reading} °C and still high after the recheck. Please don't worry: take a seat in the waiting area, we are calling a doctor.",
   "instead": "戴好口罩，在临时隔离点等候；带班领导联系发热门诊和车辆，不要自己乘公共交通。",
   "instead_en": "Keep the mask on and wait at the isolation point; the duty leader arranges the fever clinic and a car. No public transport, please."
  },
  "fever_recheck": {
   "outcome": "held",
   "title": "待复测",
   "title_en": "To be rechecked",
   "say": "您的体温{reading}℃，稍有点高。请到旁边避风处休息一会儿，我们再测一次。",
   "say_en": "Your temperature is {reading} °C, a little high. Please rest aside, out of the wind, for a moment and we measure again.",
   "instead": "[{rest_until}再测一次；]复测正常即可通行。",
   "instead_en": "[We measure again at {rest_until}; ]if it is normal, you go on."
  },
  "symptoms_held": {
   "outcome": "held",
   "title": "有症状",
   "title_en": "Symptoms",
   "say": "您说身体有些不舒服，我们先请医生问一问，麻烦您到旁边稍等。",
   "say_en": "You say that you do not feel well. A doctor will have a word with you; please wait over here.",
   "instead": "在临时隔离点等候，由带班领导联系社区医生。",
   "instead_en": "Wait at the isolation point; the duty leader calls the community doctor."
  },
  "exposure_held": {
   "outcome": "held",
   "title": "有旅居史或接触史",
   "title_en": "Exposure",
   "say": "谢谢您如实告知。按规定要先登记情况，请到旁边稍等，社区工作人员马上过来。",
   "say_en": "Thank you for telling us. We have to take this down first; please wait over here, somebody from the community is coming.",
   "instead": "由社区登记并安排观察，本人不必自行前往任何地方。",
   "instead_en": "The community registers you and arranges the observation; you need not go anywhere yourself."
  },
  "health_code_held": {
   "outcome": "held",
   "title": "健康码异常",
   "title_en": "Health code",
   "say": "您的健康码显示需要核实，请到旁边稍等，我们帮您联系社区。",
   "say_en": "Your health code needs checking; please wait over here while we call the community.",
   "instead": "由社区核实后处理；没有手机的可以凭身份证代查。",
   "instead_en": "The community checks it; without a phone it can be looked up by ID card."
  },
  "no_mask_held": {
   "outcome": "held",
   "title": "未戴口罩",
   "title_en": "No mask",
   "say": "请您先戴好口罩，我们再为您登记。",
   "say_en": "Please put on a mask first, then we register you.",
   "instead": "没有口罩的，可向值守人员领取一只。",
   "instead_en": "The guard has a spare mask."
  },
  "answer_held": {
   "outcome": "held",
   "title": "需要核实",
   "title_en": "To be checked",
   "say": "您说的情况我们需要核实一下，麻烦您到旁边稍等。",
   "say_en": "We have to check what you told us; please wait over here.",
   "instead": "由带班领导处理。",
   "instead_en": "The duty leader sees to it."
  },
  "key_person": {
   "outcome": "held",
   "title": "重点人员",
   "title_en": "Person under follow-up",
   "say": "您目前在健康观察期内，请到旁边稍等，我们联系负责您的工作人员。",
   "say_en": "You are under health observation at present; please wait over here while we call the people in charge of you.",
   "instead": "告诉带班领导，由包保小组接回观察地点。",
   "instead_en": "Tell the duty leader; the care group takes the person back to the place of observation."
  },
  "wrong_way": {
   "outcome": "refused",
   "title": "走错出入口",
   "title_en": "Other gate",
   "say": "这个口只供单向通行，麻烦您走另一个出入口。",
   "say_en": "This gate is one-way only; please use the other gate.",
   "instead": "按指示牌走另一个出入口。",
   "instead_en": "Follow the signs to the other gate."
  },
  "wrong_lane": {
   "outcome": "refused",
   "title": "走错通道",
   "title_en": "Other lane",
   "say": "这里人车分流，麻烦您走另一条通道。",
   "say_en": "People and vehicles go separate ways here; please take the other lane.",
   "instead": "行人走人行口，车辆走车行口。",
   "instead_en": "People through the people's gate, vehicles through the vehicles' gate."
  },
  "observed_stays": {
   "outcome": "refused",
   "title": "居家观察",
   "title_en": "Home observation",
   "say": "您还在居家观察期，这几天请不要外出，需要什么我们帮您送到门口。",
   "say_en": "You are under home observation and should stay in for these days; whatever you need we bring to your door.",
   "instead": "生活用品、买药由包保小组代办；就医请打电话，由救护车或专人接送。",
   "instead_en": "The care group buys food and medicine; for a doctor please call, an ambulance or an escort comes."
  },
  "household_observed_stays": {
   "outcome": "refused",
   "title": "同户有人观察",
   "title_en": "Household under observation",
   "say": "您家有人正在居家观察，按规定全家暂不外出，需要什么我们帮您送。",
   "say_en": "Someone in your household is under observation, so all of you stay in for now; we bring what you need.",
   "instead": "代购代办由包保小组负责；解除观察后出入证恢复使用。",
   "instead_en": "The care group shops for you; your pass holds again when the observation ends."
  },
  "colour_stays": {
   "outcome": "refused",
   "title": "此类证件不外出",
   "title_en": "Pass does not allow leaving",
   "say": "您这种颜色的出入证，目前暂不能外出，请您理解。",
   "say_en": "With a pass of this colour you cannot go out at present; thank you for understanding.",
   "instead": "需要外出的，请社区安排专人陪同。",
   "instead_en": "If you must go out, the community arranges an escort."
  },
  "zone_no_entry": {
   "outcome": "turned_back",
   "title": "管控区域不得进入",
   "title_en": "Zone closed to entry",
   "say": "这里目前是管控区域，暂时不能进入，请您谅解。",
   "say_en": "This is a controlled zone and cannot be entered at present; please bear with us.",
   "instead": "急事请打值守电话，由工作人员转达；物品可放在交接点。",
   "instead_en": "In urgent matters call the post; goods can be left at the hand-over point."
  },
  "zone_no_exit": {
   "outcome": "refused",
   "title": "管控区域不得外出",
   "title_en": "Zone closed to exit",
   "say": "这里目前实行区域管控，暂时不能外出，请您理解配合。",
   "say_en": "This is a controlled zone, nobody goes out at present; thank you for bearing with it.",
   "instead": "生活物资统一配送；就医请报告值守人员，由专车接送。",
   "instead_en": "Supplies are delivered; for a doctor tell the guard, a car is arranged."
  },
  "stays_inside": {
   "outcome": "refused",
   "title": "暂不外出",
   "title_en": "Stays inside",
   "say": "按目前的规定，您所在的岗位暂不外出，请您理解。",
   "say_en": "Under the rules of the moment your post does not go out; thank you for understanding.",
   "instead": "确需外出的，请单位负责人报指挥部同意。",
   "instead_en": "If you must, the head of your unit asks the headquarters."
  },
  "not_of_place": {
   "outcome": "turned_back",
   "title": "非本处人员",
   "title_en": "Not of this place",
   "say": "名册里没有查到您，暂时不能进入，请您谅解。",
   "say_en": "We did not find you on our list, so you cannot come in for now; please bear with us.",
   "instead": "请住户或单位联系人到门口确认，或由社区核实补登。",
   "instead_en": "Ask a household or your contact to confirm you at the gate, or the community to add you."
  },
  "outsider": {
   "outcome": "turned_back",
   "title": "外来人员",
   "title_en": "Outsider",
   "say": "这里正在封闭管理，外来人员暂时不能进入，请您谅解。",
   "say_en": "The place is under closed management and outsiders cannot enter for now; please bear with us.",
   "instead": "可以打电话请对方到门口来，或改日再访。",
   "instead_en": "You can call the person to the gate, or come another day."
  },
  "goods_on_shelf": {
   "outcome": "turned_back",
   "title": "送货放货架",
   "title_en": "Goods on the shelf",
   "say": "辛苦了！请把东西放在门口货架上，我们通知收件人来取。",
   "say_en": "Thank you for your work! Please put it on the shelf, we tell the receiver to fetch it.",
   "instead": "写清楼号、房号和电话，放在货架对应位置。",
   "instead_en": "Mark building, room and phone, and leave it at that place of the shelf."
  },
  "host_declined": {
   "outcome": "turned_back",
   "title": "住户未同意",
   "title_en": "Host declined",
   "say": "住户没有同意来访，暂时不能进入，请您谅解。",
   "say_en": "The household did not agree to a visit, so you cannot come in; please bear with us.",
   "instead": "请与住户电话联系。",
   "instead_en": "Please talk to the household by phone."
  },
  "visit_to_observed": {
   "outcome": "turned_back",
   "title": "被访户在观察",
   "title_en": "Host under observation",
   "say": "这一户暂不接待来访，请您改日再来。",
   "say_en": "This household receives no visits at present; please come another day.",
   "instead": "可以电话联系，物品由工作人员转交。",
   "instead_en": "You can call them; goods are handed on by the staff."
  },
  "pass_missing": {
   "outcome": "refused",
   "title": "未带出入证",
   "title_en": "No pass",
   "say": "外出需要出入证，麻烦您回去取一下。",
   "say_en": "A pass is needed to go out; would you fetch it, please?",
   "instead": "忘带的可以报四位口令；遗失的到值守点挂失补办。",
   "instead_en": "If it is at home, tell us its four-character code; if it is lost, we cancel it and issue another."
  },
  "pass_expired": {
   "outcome": "refused",
   "title": "出入证过期",
   "title_en": "Pass expired",
   "say": "您的出入证已经过期了，需要换一张新的。",
   "say_en": "Your pass has expired and needs to be renewed.",
   "instead": "到值守点或社区换领，一分钟就好。",
   "instead_en": "The post or the community renews it in a minute."
  },
  "pass_not_yet_valid": {
   "outcome": "refused",
   "title": "出入证未生效",
   "title_en": "Pass not yet valid",
   "say": "您的出入证还没有到生效时间，请到时再用。",
   "say_en": "Your pass is not valid yet; please use it from its first day on.",
   "instead": "旧证仍有效的请用旧证。",
   "instead_en": "If your old pass still holds, please use that."
  },
  "pass_revoked": {
   "outcome": "refused",
   "title": "出入证已作废",
   "title_en": "Pass cancelled",
   "say": "这张出入证已经挂失作废，不能再用了。",
   "say_en": "This pass has been cancelled and can no longer be used.",
   "instead": "请用新证；没有新证的到值守点补办。",
   "instead_en": "Please use the new one; without one, the post issues it."
  },
  "pass_tampered": {
   "outcome": "refused",
   "title": "出入证无法验真",
   "title_en": "Pass not genuine",
   "say": "这张出入证没有通过验真，暂时不能使用。",
   "say_en": "This pass failed the check and cannot be used.",
   "instead": "出示原证，或报楼号房号由值守人员核对名册。",
   "instead_en": "Show the original, or give building and room to be looked up."
  },
  "pass_unreadable": {
   "outcome": "refused",
   "title": "不是出入证",
   "title_en": "Not a pass",
   "say": "这个码不是本县的出入证，请出示出入证。",
   "say_en": "This code is no pass of this county; please show your pass.",
   "instead": "擦净或展平后再扫一次，或报四位口令。",
   "instead_en": "Wipe or flatten it and scan again, or tell us the four-character code."
  },
  "pass_unknown_key": {
   "outcome": "refused",
   "title": "出入证来源不明",
   "title_en": "Pass of unknown origin",
   "say": "这张出入证不是本县签发的，暂时不能使用。",
   "say_en": "This pass was not issued by this county and cannot be used.",
   "instead": "请到值守点按来访登记。",
   "instead_en": "Please register as a visitor at the post."
  },
  "pass_key_retired": {
   "outcome": "refused",
   "title": "出入证需换新",
   "title_en": "Pass to be replaced",
   "say": "出入证统一换新了，您这张需要换一张。",
   "say_en": "Passes are being replaced; yours needs to be exchanged.",
   "instead": "到值守点换领新证。",
   "instead_en": "The post exchanges it."
  },
  "pass_clock_set_back": {
   "outcome": "refused",
   "title": "设备时间不对",
   "title_en": "Device clock is wrong",
   "say": "不好意思，我们这台设备的时间不对，请稍等，我们用名册核对。",
   "say_en": "Sorry, the clock of our device is wrong; one moment, we look you up on the list.",
   "instead": "值守人员校准手机时间；先按楼号房号核对放行。",
   "instead_en": "The guard sets the clock right; meanwhile look up building and room."
  },
  "pass_wrong_place": {
   "outcome": "refused",
   "title": "不是本处出入证",
   "title_en": "Pass of another place",
   "say": "这张是别处的出入证，在这里不能用。",
   "say_en": "This pass is for another place and does not hold here.",
   "instead": "住在这里的请出示本处出入证，来访的请登记。",
   "instead_en": "If you live here please show the pass of this place; visitors register."
  },
  "pass_other_household": {
   "outcome": "refused",
   "title": "别户的出入证",
   "title_en": "Pass of another household",
   "say": "这张出入证登记的是另一户，不能借用，请用自己家的。",
   "say_en": "This pass belongs to another household; please use your own.",
   "instead": "忘带的报自家四位口令，值守人员核对名册。",
   "instead_en": "If yours is at home, tell us its four-character code."
  },
  "pass_void": {
   "outcome": "refused",
   "title": "出入证暂停",
   "title_en": "Pass suspended",
   "say": "您家最近有返乡人员，出入证暂停使用，需要什么我们帮您送。",
   "say_en": "Someone has come back to your household from outside, so its pass is suspended; we bring what you need.",
   "instead": "由社区登记返乡人员，观察期满后恢复使用。",
   "instead_en": "The community registers the returnee; the pass holds again after the observation."
  },
  "pass_other_phase": {
   "outcome": "refused",
   "title": "非本期出入证",
   "title_en": "Pass of another phase",
   "say": "您的出入证是另一期的，麻烦您走那边的出入口。",
   "say_en": "Your pass is for another part of the estate; please use the gate over there.",
   "instead": "到出入证上印章对应的出入口。",
   "instead_en": "Go to the gate that the seal on your pass belongs to."
  },
  "pass_handed_on": {
   "outcome": "refused",
   "title": "出入证刚被他人使用",
   "title_en": "Pass just used by another",
   "say": "这张出入证{used_minutes_ago}分钟前别人刚用过，出入证不能转借，请您理解。",
   "say_en": "Somebody else used this pass {used_minutes_ago} minutes ago; passes cannot be lent. Thank you for understanding.",
   "instead": "本人忘带的，由值守人员核对名册；出入证丢失的请挂失。",
   "instead_en": "If it is yours and you lent it, the guard looks you up; if it was lost, have it cancelled."
  },
  "paper_missing": {
   "outcome": "refused",
   "title": "缺少证件",
   "title_en": "Paper missing",
   "say": "还需要看一下{paper}，麻烦您补上。",
   "say_en": "We also need to see {paper}; would you bring it, please?",
   "instead": "取来后再通行；没有的，请带班领导核实。",
   "instead_en": "Come again with it; without it, the duty leader checks."
  },
  "photo_mismatch": {
   "outcome": "refused",
   "title": "照片不符",
   "title_en": "Photo differs",
   "say": "证件上的照片和您本人不太一致，需要再核实一下。",
   "say_en": "The photo on the paper does not look like you; we have to check.",
   "instead": "出示身份证，由带班领导核实。",
   "instead_en": "Show your ID card; the duty leader checks."
  },
  "not_disinfected": {
   "outcome": "refused",
   "title": "车辆未消毒",
   "title_en": "Vehicle not disinfected",
   "say": "车辆还没有消毒，麻烦您先到消毒点。",
   "say_en": "The vehicle has not been disinfected yet; please go to the disinfection point first.",
   "instead": "消毒后凭单通行。",
   "instead_en": "Afterwards you pass with the slip."
  },
  "outside_hours": {
   "outcome": "refused",
   "title": "不在通行时段",
   "title_en": "Outside the hours",
   "say": "现在不是通行时间[，{opens_at}起可以通行]，请您谅解。",
   "say_en": "It is outside the hours[; you can pass from {opens_at} on]. Please bear with us.",
   "instead": "急事、就医请直接告诉我们。",
   "instead_en": "In urgent matters or for a doctor, just tell us."
  },
  "curfew": {
   "outcome": "refused",
   "title": "夜间不外出",
   "title_en": "Curfew",
   "say": "现在是夜间管控时间[，{opens_at}以后可以通行]，请您早点休息。",
   "say_en": "It is curfew now[; you can pass after {opens_at}]. Please have a rest.",
   "instead": "急事、就医请直接告诉我们。",
   "instead_en": "In urgent matters or for a doctor, just tell us."
  },
  "purpose_not_listed": {
   "outcome": "refused",
   "title": "非规定事由",
   "title_en": "Purpose not provided for",
   "say": "目前只能因买菜、就医等规定的事外出，您看能不能由我们代办？",
   "say_en": "At present people go out only for certain purposes such as shopping or a doctor. May we see to it for you?",
   "instead": "说明需要，由社区代办。",
   "instead_en": "Tell us what you need and the community sees to it."
  },
  "quota_none": {
   "outcome": "refused",
   "title": "目前不外出",
   "title_en": "No exits at present",
   "say": "目前这一阶段住户暂不外出，需要什么我们帮您送到家。",
   "say_en": "At this stage households do not go out; we bring what you need to your door.",
   "instead": "向楼栋长或值守人员登记需要。",
   "instead_en": "Tell the head of your building or the guard what you need."
  },
  "group_buying": {
   "outcome": "refused",
   "title": "统一代购",
   "title_en": "The community buys",
   "say": "目前由社区统一团购配送，暂不个人外出采购。",
   "say_en": "At present the community buys and delivers for all, nobody goes shopping.",
   "instead": "在楼栋群或值守点登记团购。",
   "instead_en": "Put down your order in the building's group or at the post."
  },
  "quota_used": {
   "outcome": "refused",
   "title": "外出次数已用完",
   "title_en": "Quota used",
   "say": "您家这次的外出次数已经用过了[，{free_at}起可以再出门]，请您理解。",
   "say_en": "Your household has used its exits[; the next is from {free_at} on]. Thank you for understanding.",
   "instead": "急需的东西由志愿者代购；就医请直接告诉我们。",
   "instead_en": "Volunteers shop for urgent things; for a doctor, just tell us."
  },
  "not_your_day": {
   "outcome": "refused",
   "title": "今天不是外出日",
   "title_en": "Not your day",
   "say": "今天轮到单双号的另一半住户外出[，您家{free_at}可以出门]。",
   "say_en": "Today the other half of the odd and even numbers goes out[; your household can from {free_at} on].",
   "instead": "急需的东西由志愿者代购。",
   "instead_en": "Volunteers shop for urgent things."
  },
  "someone_still_out": {
   "outcome": "refused",
   "title": "家里有人未归",
   "title_en": "Someone is still out",
   "say": "您家已经有人在外面，等回来后再换人出门好吗？",
   "say_en": "Someone of your household is still out; would you wait until they are back?",
   "instead": "可以打电话请在外的家人顺路代办。",
   "instead_en": "You can call them to see to it on the way."
  },
  "too_many_together": {
   "outcome": "refused",
   "title": "同行人数超限",
   "title_en": "Too many together",
   "say": "每次外出的人数有限，请留下家人在家等候。",
   "say_en": "Only so many may go out at a time; please let the others stay at home.",
   "instead": "由一人外出采购即可。",
   "instead_en": "One person can do the shopping."
  },
  "vehicle_not_admitted": {
   "outcome": "turned_back",
   "title": "车辆不得进入",
   "title_en": "Vehicle not admitted",
   "say": "这里暂时不让外来车辆进入，请停在门外，谢谢配合。",
   "say_en": "Vehicles from outside cannot enter for now; please park outside. Thank you.",
   "instead": "停在门外停车处，人员按规定登记。",
   "instead_en": "Park outside; the people register as usual."
  },
  "not_measured": {
   "outcome": "refused",
   "title": "未测体温",
   "title_en": "Not measured",
   "say": "进出都要测一下体温，也是为了大家安全，请您配合。",
   "say_en": "Everyone's temperature is taken here for the safety of all; please let us.",
   "instead": "可以自己拿体温计测腋温。",
   "instead_en": "You can take it yourself under the arm."
  },
  "not_answered": {
   "outcome": "refused",
   "title": "未回答询问",
   "title_en": "Not answered",
   "say": "有几个问题需要您说一下，都会保密，请您配合。",
   "say_en": "There are a few questions for you, kept in confidence; please help us.",
   "instead": "可以单独对带班领导说。",
   "instead_en": "You can tell the duty leader alone."
  },
  "symptoms_refused": {
   "outcome": "refused",
   "title": "有症状",
   "title_en": "Symptoms",
   "say": "您身体不太舒服，今天请先不要进出，在家休息或就医。",
   "say_en": "You do not feel well; please rest or see a doctor today instead of passing.",
   "instead": "需要就医的，我们联系社区医生。",
   "instead_en": "We call the community doctor if you want one."
  },
  "exposure_refused": {
   "outcome": "turned_back",
   "title": "有旅居史或接触史",
   "title_en": "Exposure",
   "say": "谢谢您如实告知。按规定您暂时不能进入，请您谅解。",
   "say_en": "Thank you for telling us. Under the rules you cannot come in for now; please bear with us.",
   "instead": "请向所住社区报告，由社区安排。",
   "instead_en": "Please report to the community where you stay; it makes the arrangements."
  },
  "no_mask_refused": {
   "outcome": "refused",
   "title": "未戴口罩",
   "title_en": "No mask",
   "say": "请您戴好口罩再通行，谢谢配合。",
   "say_en": "Please put on a mask to pass. Thank you.",
   "instead": "没有口罩的，可向值守人员领取一只。",
   "instead_en": "The guard has a spare mask."
  },
  "health_code_refused": {
   "outcome": "refused",
   "title": "健康码异常",
   "title_en": "Health code",
   "say": "您的健康码暂时不能通行，请先联系社区核实。",
   "say_en": "Your health code does not let you pass for now; please ask the community to check it.",
   "instead": "没有手机的可以凭身份证代查。",
   "instead_en": "Without a phone it can be looked up by ID card."
  },
  "answer_refused": {
   "outcome": "refused",
   "title": "按规定不予通行",
   "title_en": "Against the rules",
   "say": "按您说的情况，暂时不能通行，请您谅解。",
   "say_en": "From what you told us, you cannot pass for now; please bear with us.",
   "instead": "有疑问可以找带班领导。",
   "instead_en": "If in doubt, ask the duty leader."
  },
  "emergency_first": {
   "outcome": "",
   "title": "应急先行",
   "title_en": "Emergency first",
   "say": "请先通行，登记后补。",
   "say_en": "Go ahead; we write it down afterwards."
  },
  "escorted": {
   "outcome": "",
   "title": "专人护送",
   "title_en": "Escorted",
   "say": "已有专人护送，请通行。",
   "say_en": "You are escorted; go ahead."
  },
  "observed_return": {
   "outcome": "",
   "title": "观察对象返回",
   "title_en": "Observed person returns",
   "say": "欢迎回家，观察期内请不要再外出。",
   "say_en": "Welcome home; please stay in while under observation.",
   "instead": "告诉包保小组。",
   "instead_en": "Tell the care group."
  },
  "overstay": {
   "outcome": "",
   "title": "外出超时",
   "title_en": "Overstay",
   "say": "欢迎回家。这次外出{out_minutes}分钟，超过了{minutes_out}分钟，下次请早点回来。",
   "say_en": "Welcome home. You were out {out_minutes} minutes, more than the {minutes_out} allowed; please be earlier next time."
  },
  "fever_cleared": {
   "outcome": "",
   "title": "复测正常",
   "title_en": "Normal on recheck",
   "say": "复测体温正常，可以通行，谢谢配合。",
   "say_en": "Your temperature is normal on the recheck, you can go on. Thank you."
  },
  "reward_due": {
   "outcome": "",
   "title": "可以兑换",
   "title_en": "Reward due",
   "say": "您家这段时间没有外出，可以领取一份奖励，谢谢支持！",
   "say_en": "Your household stayed in for so long that there is a small reward. Thank you!",
   "instead": "凭出入证到村委会领取。",
   "instead_en": "Show the pass at the village committee."
  },
  "symptoms_noted": {
   "outcome": "",
   "title": "自述有症状",
   "title_en": "Symptoms as told",
   "say": "您身体不舒服，请在家休息，医生会联系您。",
   "say_en": "You do not feel well; please rest at home, a doctor will call.",
   "instead": "告诉社区医生。",
   "instead_en": "Tell the community doctor."
  },
  "exposure_noted": {
   "outcome": "",
   "title": "有旅居史或接触史",
   "title_en": "Exposure as told",
   "say": "谢谢您如实告知，社区会与您联系。",
   "say_en": "Thank you for telling us; the community will call you.",
   "instead": "当天告诉社区。",
   "instead_en": "Tell the community the same day."
  },
  "no_mask_noted": {
   "outcome": "",
   "title": "未戴口罩",
   "title_en": "No mask",
   "say": "请戴好口罩，谢谢。",
   "say_en": "Please put on a mask. Thank you."
  },
  "health_code_noted": {
   "outcome": "",
   "title": "健康码异常",
   "title_en": "Health code",
   "say": "社区会与您核实健康码。",
   "say_en": "The community will check your health code with you."
  },
  "answer_noted": {
   "outcome": "",
   "title": "记下的情况",
   "title_en": "Noted",
   "say": "谢谢，已经记下。",
   "say_en": "Thank you, it has been noted."
  }
 },
 "missing": {
  "identity": {
   "say": "请问您住几号楼几单元，或者在哪个部门？",
   "say_en": "Which building and room do you live in, or which department do you work in?"
  },
  "host": {
   "say": "请问您找哪一户？我们打电话确认一下。",
   "say_en": "Whom do you want to see? We call to confirm."
  },
  "pass": {
   "say": "请出示出入证。",
   "say_en": "May I see your pass, please?"
  },
  "paper": {
   "say": "请出示{paper}。",
   "say_en": "May I see {paper}, please?"
  },
  "purpose": {
   "say": "请问您外出办什么事？",
   "say_en": "What are you going out for?"
  },
  "reading": {
   "say": "请测一下体温。",
   "say_en": "May I take your temperature, please?"
  },
  "recheck": {
   "say": "请休息一会儿，再测一次体温。",
   "say_en": "Please rest for a moment, we measure again."
  },
  "question": {
   "say": "{ask}",
   "say_en": "{ask}"
  },
  "occupants": {
   "say": "车上还有{count}位没有测体温，请逐一测量。",
   "say_en": "{count} more on board have not been measured yet; one by one, please."
  }
 },
 "papers": {
  "id_card": {
   "title": "身份证",
   "title_en": "your ID card"
  },
  "photo_match": {
   "title": "证件照片",
   "title_en": "the photo on your paper"
  },
  "employer_certificate": {
   "title": "单位证明",
   "title_en": "a certificate of your employer"
  },
  "trade_office_certificate": {
   "title": "行业主管部门证明",
   "title_en": "a certificate of the trade office"
  },
  "village_certificate": {
   "title": "村（社区）证明",
   "title_en": "a certificate of the village or community"
  },
  "unit_seal": {
   "title": "单位公章",
   "title_en": "the seal of your unit"
  },
  "no_return_pledge": {
   "title": "不返回承诺书",
   "title_en": "the pledge not to return"
  },
  "medical_slip": {
   "title": "就医证明",
   "title_en": "a medical slip"
  },
  "health_card": {
   "title": "健康卡",
   "title_en": "your health card"
  },
  "vehicle_pass": {
   "title": "车辆通行证",
   "title_en": "the vehicle pass"
  },
  "route_sheet": {
   "title": "行程单",
   "title_en": "the route sheet"
  },
  "disinfected": {
   "title": "消毒单",
   "title_en": "the disinfection slip"
  }
 },
 "outcomes": {
  "admitted": {
   "title": "放行",
   "title_en": "Admitted"
  },
  "refused": {
   "title": "拒绝",
   "title_en": "Refused"
  },
  "turned_back": {
   "title": "劝返",
   "title_en": "Turned back"
  },
  "held": {
   "title": "暂留",
   "title_en": "Held"
  },
  "undecided": {
   "title": "请继续",
   "title_en": "Go on"
  }
 },
 "admitted": {
  "say": "请通行，谢谢配合。",
  "say_en": "Please go ahead. Thank you."
 },
 "moments": {
  "format": "{month}月{day}日{hour}:{minute}",
  "format_en": "{hour}:{minute} on {month}/{day}"
 },
 "exits": {
  "free": "外出不限次",
  "free_en": "no limit of exits",
  "none": "暂不外出，生活物资送到家",
  "none_en": "no exits for now, supplies are brought to the door",
  "group_buying": "暂不外出，由社区统一代购",
  "group_buying_en": "no exits for now, the community buys for all",
  "daily": "每户每天{times}人次外出",
  "daily_en": "{times} exit(s) a day for a household",
  "rolling": "每户{days}天（满{days}×24小时）{times}人次外出",
  "rolling_en": "{times} exit(s) within {days} × 24 hours for a household",
  "calendar": "每户每{days}天{times}人次外出",
  "calendar_en": "{times} exit(s) in {days} days for a household",
  "block": "每户每段{days}天{times}人次外出",
  "block_en": "{times} exit(s) in each block of {days} days for a household",
  "odd_even": "门牌单号单日、双号双日，每户{times}人次外出",
  "odd_even_en": "odd door numbers on odd days, even ones on even days, {times} exit(s) for a household",
  "minutes_out": "每次不超过{time}",
  "minutes_out_en": "at most {time} each",
  "hours": "限{hours}",
  "hours_en": "between {hours}"
 }
};
