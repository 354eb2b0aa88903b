// The words for the closed sets of the book.
import { t } from '../words/index.js'

const CATEGORIES = {
  resident: () => t('住户'),
  tenant: () => t('租户'),
  employee: () => t('职工'),
  visitor: () => t('访客'),
  courier: () => t('快递外卖'),
  worker: () => t('施工维修'),
  duty_staff: () => t('值守人员'),
  emergency: () => t('应急人员')
}

const OUTCOMES = {
  admitted: () => t('放行'),
  refused: () => t('拒绝'),
  turned_back: () => t('劝返'),
  held: () => t('暂留')
}

const SITES = { forehead: () => t('额温'), axillary: () => t('腋温'), ear: () => t('耳温'), wrist: () => t('腕温') }

const STEPS = {
  held: () => t('暂留'),
  recheck: () => t('复测'),
  leader_told: () => t('已报告带班领导'),
  headquarters_told: () => t('已报告指挥部、社区医生'),
  handed_over: () => t('已移交发热门诊'),
  outcome: () => t('结果'),
  closed: () => t('结案')
}

const VEHICLES = {
  private: () => t('私家车'),
  freight: () => t('货车'),
  supply: () => t('物资车'),
  official: () => t('公务车'),
  taxi: () => t('出租车'),
  shuttle: () => t('班车'),
  ambulance: () => t('救护车'),
  fire: () => t('消防车'),
  police: () => t('警车'),
  rescue: () => t('抢险车')
}

const PURPOSES = {
  shopping: () => t('购物'),
  work: () => t('上班'),
  medical: () => t('就医'),
  care: () => t('照料'),
  official: () => t('公务'),
  other: () => t('其他')
}

const PAPERS = {
  id_card: () => t('身份证'),
  photo_match: () => t('照片与本人相符'),
  employer_certificate: () => t('单位证明'),
  trade_office_certificate: () => t('商务部门证明'),
  village_certificate: () => t('村委证明'),
  unit_seal: () => t('单位公章'),
  no_return_pledge: () => t('不返回承诺书'),
  medical_slip: () => t('就诊单'),
  health_card: () => t('健康卡'),
  vehicle_pass: () => t('车辆通行证'),
  route_sheet: () => t('行程单'),
  disinfected: () => t('车辆已消毒')
}

const pick = set => code => set[code]?.() ?? code
const pairs = set => Object.keys(set).map(code => [code, set[code]()])

export const categoryName = pick(CATEGORIES)
export const outcomeName = pick(OUTCOMES)
export const siteName = pick(SITES)
export const stepName = pick(STEPS)
export const purposeName = pick(PURPOSES)
export const paperName = pick(PAPERS)
export const vehicleKinds = () => pairs(VEHICLES)
export const purposes = () => pairs(PURPOSES)
