// 车牌号: seven characters, eight for new energy; also as people type them, in small letters.

const PLATE = /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z][A-Z0-9]{4,5}[A-Z0-9挂学警港澳]$/u

export function plateOf (typed) {
  const plate = typed.normalize('NFKC').toUpperCase().replace(/[\s·.-]/g, '')
  return PLATE.test(plate) ? plate : ''
}
