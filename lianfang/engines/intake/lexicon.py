"""The verbs of the grammar and the words that turn them off; written for the normal text."""

import re
from typing import Final

GIVE: Final = re.compile(
    r"(?P<verb>捐款捐物|捐钱捐物|捐资捐物|捐物捐款|捐款、捐物|捐赠款物|捐款|捐赠|捐献|捐助|捐资|捐出|捐来|捐去|捐给|捐至|捐到|捐往|捐物|捐钱|捐善款|捐建|捐修|捐种|捐购|合捐"
    r"|认捐|(?<!名)义捐|(?<![募劝转])捐(?![款赠献物助资给至到往钱出来去建向])(?=了|过|[\ue000-\ue003]|[\u4e00-\u9fffA-Za-z0-9\ue004\ue014%-]{1,14}[\ue000-\ue003])"
    r"|赠送|赠予|赠与|敬赠|馈赠|赠给|无偿赠|(?<![捐转受敬馈])赠(?![送予与给])(?=[\ue000-\ue003]|[\u4e00-\u9fff]{1,12}[\ue000-\ue003])|献出|奉献出|献上(?=[\ue000-\ue003]))"
    r"(?!来自|组|箱|数额从|名单|仪式|通道|活动|证书|账户|账号|热线|电话|人(?!民)|者|方(?!便)|地点|事宜|工作|收据|信息|情况|明细|公示|倡议|动员|现场|协议|意向|榜|票据|公告|渠道|办法|管理|数额从|数目|用途|平台|程序|流程|单位|对象|统计|行为|热潮|事业|站|点|接收|使用|支出(?!乡)|专户|行动|接龙|玫瑰|义演)"
)
"""Verbs that say giving by themselves (clarification a); nouns built on them (捐款箱, 捐赠仪式) are not."""

SEND: Final = re.compile(
    r"送去|送来|送上|送给|送到|送至|送往|送达|送抵|送出|送了|运送到|捎去|捎来|捎给|汇来|汇去|汇给|汇款|转来|打来|打款|寄来|寄去|寄给|投进|塞进|放进|放下|留下|(?<!转)交给|(?<!转)交到|拿出|掏出|出资"
    r"|塞给|递给|塞到|递到|塞来|挤出|省出|捧出|[提端挑扛背牵驮拎抱捧载]来(?!自)|追加(?=了?(?:价值)?[\ue000\ue001])|拉到|运到|运抵|运往|赞助|拿来|抬来|搬来|(?<![运输配护接发投赠])送(?=[\ue000-\ue003]|[\u4e00-\u9fff]{1,10}[\ue001])|凑了|凑出|(?:紧急)?(?:驰援|支援|援助)(?=(?:了)?(?:价值)?[\ue000\ue001\ue003])|免费送|免费提供|无偿提供|(?<=再)出(?=[\ue000\ue003])"
)
"""Verbs that say giving only with a giver beside a figure or an article, and nothing against it."""

RECEIVE: Final = re.compile(
    r"(?:接收到|接受到|接收|接受|收到|收取|收受|接到(?=[\u4e00-\u9fff]{0,12}捐)|受赠|(?<=[共计已])收(?=[\u4e00-\u9fff]{0,8}(?:捐|款|物|赠)))(?:了)?"
)
"""Verbs of the receiving side."""

COLLECT: Final = re.compile(
    r"(?:募集到|募集|筹集到|筹集|筹得|募得|募到|筹措到|筹措|筹到|募捐到|募捐(?=(?:到|得|了)?(?:善款|爱心款|款|资金|现金|人民币|共|约|物资)*[\ue000\ue003])|集资|众筹到|众筹|汇集|汇聚|凑齐|凑得|义卖筹得|征集到|征集)(?:了)?"
)
"""Verbs that say a sum over several givers."""

NEGATED: Final = re.compile(
    r"没有捐|没捐|未捐|不捐|未曾|并未|并没有|没有收到|未收到|从未|拒绝|谢绝(?!登记|采访|透露|留)|不实|谣言|辟谣|虚假|退回|退还|撤回捐|不接受|不得|严禁|禁止|不再接受|暂不|尚未收到|取消捐|尚未捐|无人捐|不是捐|非捐|不算捐|不属于捐"
)
"""Words that say that something was not given."""

APPEAL: Final = re.compile(
    r"倡议(?!书发出|发出|后|下)|呼吁|建议|欢迎|希望|鼓励|请各|如需|如有意|如您|可通过|可捐|凡捐|凡是|若捐|如果|每人可|标准为|不分多少|元起捐|捐赠账户|颁发捐赠证书|应当|可以捐|均可|不少于.{0,6}为宜|每捐|每卖|每销售|每售"
)
"""Words of an appeal or a rule, not of a deed."""

NOT_GIFT: Final = re.compile(
    r"预算|总价款|赔付|结算价|合同价|信用社|筹款平台|贷款|放贷|授信|减免|免收|免除|减租|免租|租金|房租|退税|缴税|纳税|营业收入|营收|产值|订单|合同|总投资|注册资本|拨付|下拨|拨款|财政|补助|补贴|发放|采购|购置|自购|销售|出售|供应|投放|售价|市场价|单价|平价"
    r"|每只|每斤|保额|保险|理赔|借给|出借|租借|借出|损失|亏损|缺口|成本|运费|工资|奖励|罚款|储备|库存|日产|年产|月产|产能|生产|转交|转拨|调拨|调配|分发|下发|上缴|结余|余额|支出|使用|拍卖|融资|支付|消费|投入|投资|免费.{0,6}服务|资助|自用|报名|收费|票价"
)
"""Words of money and goods that move without being given."""

VISIT: Final = re.compile(r"慰问|看望|督导|检查|走访|调研|视察")
"""Officials on a visit bring supplies without being givers (clarification a)."""

PASSED_ON: Final = re.compile(r"转交|转赠|拨付|发放|分发|下拨|上缴|移交|配送到|分配|划拨")
"""Verbs of a collector that passes gifts on (clarification h)."""
