"""Words of other packages that their own Indonesian catalogue lacks and that visitors of this site meet.

Never imported: the file is here for makemessages, so that these words stay in our catalogue. Ours comes first, because
`home` is the first of INSTALLED_APPS.
"""

from django.utils.translation import gettext_noop as _

ALLAUTH = [
    _("This account is currently inactive."),
    _("The email address and/or password you specified are not correct."),
    _("The username and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("A user is already registered with this email address."),
    _("This email address is already associated with this account."),
    _("Please type your current password."),
    _("Incorrect password."),
    _("You must type the same password each time."),
    _("The password reset token was invalid."),
    _("Your primary email address must be verified."),
    _("You cannot remove your primary email address."),
    _("You cannot add more than %d email addresses."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("The email address is not assigned to any user account."),
]

DJANGO = [
    _("Enter a valid email address."),
    _("Password"),
]
