from lianfang.volunteers.models.pledges import Pledge, PledgeSignature, SigningWay
from lianfang.volunteers.models.registers import (
    ServiceTime,
    Skill,
    TeamMembership,
    Volunteer,
    VolunteerCall,
    VolunteerTeam,
)
from lianfang.volunteers.models.serving import (
    HoursBasis,
    PostingKind,
    ServiceCertificate,
    ServiceHours,
    ServicePosting,
    hours_in_words,
)
from lianfang.volunteers.models.signups import SignUpDecision, SignUpVerdict, VolunteerSignUp

__all__ = [
    "HoursBasis",
    "Pledge",
    "PledgeSignature",
    "PostingKind",
    "ServiceCertificate",
    "ServiceHours",
    "ServicePosting",
    "ServiceTime",
    "SignUpDecision",
    "SignUpVerdict",
    "SigningWay",
    "Skill",
    "TeamMembership",
    "Volunteer",
    "VolunteerCall",
    "VolunteerSignUp",
    "VolunteerTeam",
    "hours_in_words",
]
