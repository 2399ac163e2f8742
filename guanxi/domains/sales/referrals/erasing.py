"""Where referrals hold data besides records: codes, which go with whom they lead to."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place("referral_code", "推荐码", "Referral codes", record=("record_id",))
