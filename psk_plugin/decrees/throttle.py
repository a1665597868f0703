"""A brake on guessing codes: too many wrong ones from one address, and that address waits a minute."""

from ..brake import Brake

#: Wrong codes from one address in one minute. A code has 59 bits: nobody finds one at this pace.
PER_MINUTE = 60

_wrong_codes = Brake("verify", PER_MINUTE, 60)
#: Whether the address has tried too many wrong codes in the present minute.
is_braked = _wrong_codes.is_on
count_miss = _wrong_codes.count
