"""The forms of this app. What a field may be filled from is limited to what the officer may see."""

from lianfang.people.forms.areas import AreaChangeForm, AreaForm, AreaMoveForm
from lianfang.people.forms.assignments import AssignmentForm, HandoverForm
from lianfang.people.forms.bodies import (
    AliasForm,
    BodyForm,
    DocumentForm,
    LeadingGroupForm,
    MemberCountForm,
    MemberForm,
    MembershipForm,
    MergeForm,
)
from lianfang.people.forms.dates import EndForm
from lianfang.people.forms.imports import ImportForm
from lianfang.people.forms.officers import GrantForm, OfficerChangeForm, OfficerForm
from lianfang.people.forms.persons import (
    OpeningForm,
    PersonChangeForm,
    PersonForm,
    PhoneForm,
    PostForm,
    SealedNumberForm,
)

__all__ = [
    "AliasForm",
    "AreaChangeForm",
    "AreaForm",
    "AreaMoveForm",
    "AssignmentForm",
    "BodyForm",
    "DocumentForm",
    "EndForm",
    "GrantForm",
    "HandoverForm",
    "ImportForm",
    "LeadingGroupForm",
    "MemberCountForm",
    "MemberForm",
    "MembershipForm",
    "MergeForm",
    "OfficerChangeForm",
    "OfficerForm",
    "OpeningForm",
    "PersonChangeForm",
    "PersonForm",
    "PhoneForm",
    "PostForm",
    "SealedNumberForm",
]
