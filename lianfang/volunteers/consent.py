"""To what somebody who signs up agrees, word by word; the sign-up keeps the sentence."""

from django.utils.translation import gettext_lazy as _

CONSENT = _(
    "我自愿报名,同意招募单位登记我的姓名、电话、技能和可服务时间,只用于联系、排班、记录服务时长和出具证明;"
    "电话加密保存,我可以随时要求查看、更正或退出。"
)
