from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sales_papers", "0005_clauses"),
    ]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="attachments",
            field=models.JSONField(null=True),
        ),
    ]
