from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("insight_customers", "0002_offers"),
    ]

    operations = [
        *(
            migrations.AddField(
                "customerinsight", name, models.DecimalField(max_digits=18, decimal_places=2, null=True)
            )
            for name in ("revenue", "goods", "serving")
        ),
        migrations.AlterField(
            "customerinsight", "share", models.DecimalField(max_digits=9, decimal_places=6, null=True)
        ),
    ]
