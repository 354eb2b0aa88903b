"""One written form for what is written in several: the text as the grammar reads it.

Every character is replaced by exactly one character, so a place in the normal text is the same place in the
text that was handed in, and a quote can be cut from the original without a map of offsets.
"""

from typing import Final

_FULL_WIDTH: Final = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}

_SIGNS: Final = {
    "\u3000": " ",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u200b": " ",
    "\ufeff": " ",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "﹐": ",",
    "﹑": "、",
    "､": "、",
    "｡": "。",
    "．": ".",
    "﹒": ".",
    "︰": ":",
    "∶": ":",
    "﹕": ":",
    "「": "“",
    "」": "”",
    "『": "“",
    "』": "”",
    "〝": "“",
    "〞": "”",
    "＂": '"',
    "【": "[",
    "［": "[",
    "］": "]",
    "】": "]",
    "〔": "(",
    "〕": ")",
    "﹙": "(",
    "﹚": ")",
    "│": "|",
    "┃": "|",
    "￥": "¥",
    "—": "-",
    "–": "-",
    "―": "-",
    "－": "-",
    "～": "~",
    "〜": "~",
}

# Only words that the grammar itself looks for; names are always cut from the text as written.
_TRADITIONAL: Final = str.maketrans(
    "捐贈獻贊獎幣億萬圓個臺輛雙條張車床隻塊價值約餘幾兩數達過從為給對資會員長業廠東團體醫醫療備"
    "款項總計共繼續與並還將擬認計劃經協學區縣鎮鄉戶華僑錢購買運轉發動員號單位愛別貳參陸歐該後報"
    "種類購購電話聯繫黨組織級師層級場應當這們時間災難無償減貸稅費專設紅際國內",
    "捐赠献赞奖币亿万圆个台辆双条张车床只块价值约余几两数达过从为给对资会员长业厂东团体医医疗备"
    "款项总计共继续与并还将拟认计划经协学区县镇乡户华侨钱购买运转发动员号单位爱别贰叁陆欧该后报"
    "种类购购电话联系党组织级师层级场应当这们时间灾难无偿减贷税费专设红际国内",
)

_TABLE: Final = _TRADITIONAL | str.maketrans(_FULL_WIDTH | _SIGNS)


def normal(text: str) -> str:
    """The text in the grammar's writing; same length, place by place."""
    return text.translate(_TABLE)
