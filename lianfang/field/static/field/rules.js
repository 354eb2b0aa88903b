// The decision, by the rules that the server evaluates too (`rules/gates.js`, one set of vectors for both).
import { codeTitle, compileRules, decide, say as words } from './rules/gates.js'
import { spoken } from './words/index.js'

export { compileRules, decide }

const language = () => spoken() === 'en' ? 'en' : 'zh'

export const say = (decision, gate, offset) => words(decision, gate.rules, offset, language())
export const titleOf = code => codeTitle(code, language())
