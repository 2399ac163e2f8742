from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0001_data_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="datakey",
            name="in_force",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
