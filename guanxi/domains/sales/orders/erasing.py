"""Where orders hold data besides records: links for customers, which go with the order that is erased."""

from guanxi.engine.tenancy.erasing import declare_place

declare_place(
    "order_status_link", "客户查看订单的链接", "Links for customers to orders", record=("order_id",)
)
