"""Education and training: courses, classes and who has enrolled."""

from guanxi.domains.templates.writing import document, field, obj, pipeline, stage, view
from guanxi.engine.configuration.templates import Sample, Template, template_registry
from guanxi.kit.text import Text

DOCUMENT = document(
    objects=[
        obj("course", ("课程", "Course"), "Courses", icon="book-open", group="sales"),
        obj("enrolment", ("报名", "Enrolment"), "Enrolments", icon="graduation-cap", group="sales",
            title_label={"zh-CN": "学员", "en": "Student"}),
    ],
    fields=[
        field("course", "level", "select", ("阶段", "Level"), in_list=True, options=[
            ("primary", "小学", "Primary", "green"), ("middle", "初中", "Middle school", "blue"),
            ("high", "高中", "High school", "purple"), ("adult", "成人", "Adults", "gray")]),
        field("course", "price", "money", ("学费", "Fee"), in_list=True),
        field("course", "hours", "number", ("课时", "Hours"), in_list=True),
        field("course", "start_date", "date", ("开班日期", "Starts"), in_list=True),
        field("course", "end_date", "date", ("结班日期", "Ends"), in_list=True),
        field("enrolment", "course", "link", ("课程", "Course"), target="course", in_list=True, required=True),
        field("enrolment", "parent_contact", "link", ("家长", "Parent"), target="contact", in_list=True),
        field("enrolment", "status", "select", ("状态", "Status"), in_list=True, required=True, options=[
            ("trial", "试听", "Trial", "orange"), ("paid", "已缴费", "Paid", "green"),
            ("studying", "在读", "Studying", "blue"), ("finished", "已结课", "Finished", "gray"),
            ("refunded", "已退费", "Refunded", "red")]),
        field("enrolment", "trial_at", "datetime", ("试听时间", "Trial lesson"), in_list=True),
        field("contact", "child_grade", "text", ("孩子年级", "Child's grade")),
    ],
    pipelines=[
        pipeline("opportunity", ("招生", "Admissions"), stage("咨询", "Enquiry", probability=10, days=3),
                 stage("预约试听", "Trial booked", probability=30, days=5), stage("已试听", "Trial done", probability=60, days=7)),
    ],
    views=[
        view("enrolment", ("报名看板", "Enrolment board"), "board", group_by="status"),
        view("enrolment", ("试听日历", "Trial lessons"), "calendar", group_by="trial_at"),
        view("course", ("开班日历", "Courses by date"), "calendar", group_by="start_date", end="end_date"),
    ],
)  # fmt: skip

template_registry.register(
    Template(
        "education", Text("教育培训", "Education and training"),
        Text("课程、报名和试听，附招生流程。", "Courses, enrolments and trial lessons, with a pipeline for admissions."),
        "graduation-cap", DOCUMENT,
        [
            Sample("course", {
                "zh-CN": [{"name": "初一数学秋季班（示例）", "level": "middle", "price": 3680, "hours": 40, "start_date": "2026-09-05",
                           "end_date": "2027-01-10"},
                          {"name": "成人商务英语（示例）", "level": "adult", "price": 5200, "hours": 60, "start_date": "2026-11-01",
                           "end_date": "2027-03-31"}],
                "en": [{"name": "Mathematics, grade 7 (sample)", "level": "middle", "price": 3680, "hours": 40,
                        "start_date": "2026-09-05", "end_date": "2027-01-10"},
                       {"name": "Business English (sample)", "level": "adult", "price": 5200, "hours": 60,
                        "start_date": "2026-11-01", "end_date": "2027-03-31"}]}),
            Sample("enrolment", {
                "zh-CN": [{"name": "学员甲", "course": 0, "status": "studying"}, {"name": "学员乙", "course": 1, "status": "trial"}],
                "en": [{"name": "Student A", "course": 0, "status": "studying"}, {"name": "Student B", "course": 1, "status": "trial"}],
            }, {"course": "course"}),
        ],
    )
)  # fmt: skip
