"""What the authority and the people are told of a breach: the words to begin with, in both languages.

They hold what PIPL art. 57 and GDPR art. 33-34 ask for: kinds of data, cause, possible harm, measures taken,
what people can do themselves, and a contact.
"""

TEXTS = {
    "authority": {
        "zh-CN": """个人信息安全事件报告

报告单位：{company}
事件：{title}
发生时间：{occurred}
发现时间：{discovered}

一、事件经过
{what}

二、涉及的个人信息种类和人数
{data}
涉及人数：{count}

三、原因和可能造成的危害
{cause}
{harm}

四、已采取的补救措施
{measures}

五、个人可以采取的减轻危害的措施
{advice}

联系方式：{contact}
（依据《中华人民共和国个人信息保护法》第五十七条）
""",
        "en": """Notification of a personal data breach

Controller: {company}
Breach: {title}
Occurred: {occurred}
Discovered: {discovered}

1. What happened
{what}

2. Kinds of data and number of people
{data}
People affected: {count}

3. Cause and likely consequences
{cause}
{harm}

4. Measures taken
{measures}

5. What people can do
{advice}

Contact: {contact}
(PIPL art. 57; GDPR art. 33)
""",
    },
    "persons": {
        "zh-CN": """{company}关于个人信息安全事件的告知

您好：
我们于 {discovered} 发现一起个人信息安全事件，可能涉及您的信息：{data}

发生了什么：{what}
原因：{cause}
可能的影响：{harm}
我们已采取的措施：{measures}
建议您：{advice}

如有疑问，请联系我们：{contact}
""",
        "en": """A notice from {company} about your personal data

On {discovered} we found a breach that may concern your data: {data}

What happened: {what}
Cause: {cause}
What it may mean: {harm}
What we have done: {measures}
What you can do: {advice}

Contact us: {contact}
""",
    },
}
