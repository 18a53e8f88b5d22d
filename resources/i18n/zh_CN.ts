<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Advice</name>
    <message>
        <source>Still needed to finish: {fields}</source>
        <translation>完成前还需填写：{fields}</translation>
    </message>
</context>
<context>
    <name>Alarm</name>
    <message>
        <source>{customer}: the confirmation letter is due in {left}</source>
        <translation>{customer}：确认函须在 {left} 内发出</translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message>
        <source>Price, schedule, safety…</source>
        <translation>价格、周期、安全……</translation>
    </message>
    <message>
        <source>Find an answer</source>
        <translation>查找应答话术</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>应答话术</translation>
    </message>
    <message>
        <source>Use this answer</source>
        <translation>采用此应答</translation>
    </message>
    <message>
        <source>accepted {accepted} of {given}</source>
        <translation>使用 {given} 次，接受 {accepted} 次</translation>
    </message>
    <message>
        <source>No answer with these words. What you write in the record can be kept as one.</source>
        <translation>没有含这些词的话术。可把记录中写的应答另存为话术。</translation>
    </message>
</context>
<context>
    <name>Approval</name>
    <message>
        <source>Not submitted</source>
        <translation>未提交</translation>
    </message>
    <message>
        <source>In approval</source>
        <translation>审批中</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>Void: changed since it was submitted</source>
        <translation>已失效：提交后内容有改动</translation>
    </message>
    <message>
        <source>An earlier submission was refused by {who}: {reason}</source>
        <translation>此前提交被 {who} 退回：{reason}</translation>
    </message>
</context>
<context>
    <name>ApprovalBar</name>
    <message>
        <source>Submit for approval</source>
        <translation>提交审批</translation>
    </message>
    <message>
        <source>Agree…</source>
        <translation>同意…</translation>
    </message>
    <message>
        <source>Send back…</source>
        <translation>退回…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>不同意…</translation>
    </message>
    <message>
        <source>Hand on…</source>
        <translation>转交…</translation>
    </message>
    <message>
        <source>Some of this waits for the office to confirm it at the next sync.</source>
        <translation>部分内容待办公室在下次同步时确认。</translation>
    </message>
    <message>
        <source>Waits for: {who}</source>
        <translation>等待：{who}</translation>
    </message>
    <message>
        <source>Waits for the office</source>
        <translation>待办公室确认</translation>
    </message>
</context>
<context>
    <name>ApprovalDesk</name>
    <message>
        <source>Hand on</source>
        <translation>转交</translation>
    </message>
    <message>
        <source>Who is to decide in your place?</source>
        <translation>由谁代为审批？</translation>
    </message>
    <message>
        <source>No colleague is known yet. They come with the next sync.</source>
        <translation>还没有同事名单，下次同步后可选。</translation>
    </message>
</context>
<context>
    <name>ApprovalsPage</name>
    <message>
        <source>Nothing waits for you</source>
        <translation>没有待您审批的文件</translation>
    </message>
    <message>
        <source>Papers that you are to decide on stand here, also without network.</source>
        <translation>待您审批的文件列在这里，离线也可审批。</translation>
    </message>
    <message>
        <source>The rules have nothing to remark.</source>
        <translation>规则检查无异议。</translation>
    </message>
    <message>
        <source>{field}: agreed “{agreed}”, in the contract “{written}”</source>
        <translation>{field}：谈判约定“{agreed}”，合同写为“{written}”</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Hand on…</source>
        <translation>转交…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>不同意…</translation>
    </message>
    <message>
        <source>Send back…</source>
        <translation>退回…</translation>
    </message>
    <message>
        <source>Agree…</source>
        <translation>同意…</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>What did not arrive at the office as it was typed. It stays here until you have dealt with it.</source>
        <translation>未能按您录入的内容到达公司的记录。处理之前会一直列在这里。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Open and correct</source>
        <translation>打开并更正</translation>
    </message>
    <message>
        <source>Choose a value…</source>
        <translation>选择保留的值…</translation>
    </message>
    <message>
        <source>Hand to the manager…</source>
        <translation>转交经理…</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>没有需要处理的事项</translation>
    </message>
    <message>
        <source>Everything that was sent arrived at the office as it was typed.</source>
        <translation>已发送的内容均已按录入到达公司。</translation>
    </message>
    <message>
        <source>Not accepted: {reason}</source>
        <translation>未被接受：{reason}</translation>
    </message>
    <message>
        <source>Dropped: {title}</source>
        <translation>已放弃：{title}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>   ← refused</source>
        <translation>   ← 被拒绝</translation>
    </message>
    <message>
        <source>Not taken by the office: {what}</source>
        <translation>公司未接收：{what}</translation>
    </message>
    <message>
        <source>{record} and {count} more</source>
        <translation>{record} 等，另有 {count} 条</translation>
    </message>
    <message>
        <source>{reason} Tried {count} times.</source>
        <translation>{reason}已尝试 {count} 次。</translation>
    </message>
</context>
<context>
    <name>BackupList</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>{when}, before an upgrade</source>
        <translation>{when}，升级前</translation>
    </message>
    <message>
        <source>{customers} customers, {waiting} changes that were not yet synced</source>
        <translation>{customers} 个客户，{waiting} 条尚未同步的修改</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>One is made every day and tried by opening it; the newest seven are kept, encrypted like your data. They lie on this computer: they help when the file is damaged, not when the computer is lost.</source>
        <translation>每天自动备份一次，并打开检验；保留最近七份，与您的数据一样加密。备份保存在本机：可用于数据文件损坏时恢复，但电脑丢失时无法使用。</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Made, and tried by opening it.</source>
        <translation>备份已完成，并已打开检验。</translation>
    </message>
</context>
<context>
    <name>Badges</name>
    <message>
        <source>Interview today</source>
        <translation>今日访谈</translation>
    </message>
    <message>
        <source>Letter overdue</source>
        <translation>确认函已超时</translation>
    </message>
    <message>
        <source>Letter: {left} left</source>
        <translation>确认函 剩 {left}</translation>
    </message>
    <message>
        <source>Follow up today</source>
        <translation>今日跟进</translation>
    </message>
    <message>
        <source>Follow-up {days} d late</source>
        <translation>跟进已逾期 {days} 天</translation>
    </message>
</context>
<context>
    <name>Bar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>BoardColumn</name>
    <message>
        <source>{count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>One stage at a time</source>
        <translation>一次只能进入下一阶段</translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message>
        <source>Change selected</source>
        <translation>批量修改</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Selected records: {count}</source>
        <translation>已选 {count} 条记录</translation>
    </message>
</context>
<context>
    <name>CertificateChoice</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Certificate for signing</source>
        <translation>签署证书</translation>
    </message>
    <message>
        <source>Use this computer&apos;s own</source>
        <translation>改用本机自带的证书</translation>
    </message>
    <message>
        <source>This computer&apos;s own</source>
        <translation>本机证书</translation>
    </message>
    <message>
        <source>{name}, valid until {day}</source>
        <translation>{name}，有效期至 {day}</translation>
    </message>
    <message>
        <source>Passphrase of the file</source>
        <translation>文件密码</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>Check a signed paper</source>
        <translation>验证签署文件</translation>
    </message>
    <message>
        <source>This file carries no signature.</source>
        <translation>此文件没有电子签署。</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Checks of this stage</source>
        <translation>本阶段检查</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未完成</translation>
    </message>
</context>
<context>
    <name>CloseRoundDialog</name>
    <message>
        <source>Close this round</source>
        <translation>结束本轮</translation>
    </message>
    <message>
        <source>Why? It helps the next time.</source>
        <translation>原因（供下次参考）：</translation>
    </message>
    <message>
        <source>Close the round</source>
        <translation>结束本轮</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Search everything, also what can be done</source>
        <translation>搜索全部内容，包括可执行的操作</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>新建客户</translation>
    </message>
    <message>
        <source>Save the form</source>
        <translation>保存表单</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Needs attention: what did not arrive at the office as it was typed</source>
        <translation>需要处理：未能按录入到达公司的内容</translation>
    </message>
    <message>
        <source>History and recycle bin</source>
        <translation>历史与回收站</translation>
    </message>
    <message>
        <source>Customer view</source>
        <translation>客户视图</translation>
    </message>
    <message>
        <source>Customer view: only what the customer may see</source>
        <translation>客户视图：只显示客户可见的内容</translation>
    </message>
    <message>
        <source>Check a signed paper</source>
        <translation>验证签署文件</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Health of SalesDesk</source>
        <translation>SalesDesk 体检</translation>
    </message>
    <message>
        <source>About SalesDesk</source>
        <translation>关于 SalesDesk</translation>
    </message>
</context>
<context>
    <name>ConfirmRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Customer</name>
    <message>
        <source>A · within 30 days</source>
        <translation>A 类 · 30 天内</translation>
    </message>
    <message>
        <source>B · 3–6 months</source>
        <translation>B 类 · 3–6 个月</translation>
    </message>
    <message>
        <source>C · over 6 months</source>
        <translation>C 类 · 6 个月以上</translation>
    </message>
    <message>
        <source>{count} staff</source>
        <translation>{count}</translation>
    </message>
    <message>
        <source>revenue {amount}</source>
        <translation>年营收 {amount}</translation>
    </message>
    <message>
        <source>{name} ({position})</source>
        <translation>{name}（{position}）</translation>
    </message>
    <message>
        <source>Contact {name}</source>
        <translation>联系人 {name}</translation>
    </message>
    <message>
        <source>Source {source}</source>
        <translation>来源 {source}</translation>
    </message>
    <message>
        <source>Follow-up {day}</source>
        <translation>下次跟进 {day}</translation>
    </message>
</context>
<context>
    <name>CustomerColumn</name>
    <message>
        <source>Customers in {stage}</source>
        <translation>{stage}中的客户</translation>
    </message>
    <message>
        <source>No customers here yet</source>
        <translation>这里还没有客户</translation>
    </message>
</context>
<context>
    <name>CustomerHeader</name>
    <message>
        <source>Match {share}%</source>
        <translation>匹配 {share}%</translation>
    </message>
</context>
<context>
    <name>CustomerViewPage</name>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message>
        <source>Open rounds by stage</source>
        <translation>各阶段进行中的机会</translation>
    </message>
    <message>
        <source>Came to the next stage, %</source>
        <translation>进入下一阶段的比例（%）</translation>
    </message>
    <message>
        <source>Won and lost</source>
        <translation>赢单与输单</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>客户满意度</translation>
    </message>
    <message>
        <source>Won</source>
        <translation>赢单</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>输单</translation>
    </message>
    <message>
        <source>Mean days in the present stage</source>
        <translation>当前阶段平均停留天数</translation>
    </message>
    <message>
        <source>Forecast weighted by stage, 10,000 yuan</source>
        <translation>预测金额（按阶段加权，万元）</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>确认函</translation>
    </message>
    <message>
        <source>Follow-ups</source>
        <translation>跟进</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>First contacts</source>
        <translation>首次联系</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>回访</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>The picture could not be saved there.</source>
        <translation>图片无法保存到该位置。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation>导出数据</translation>
    </message>
    <message>
        <source>Nothing to count yet.</source>
        <translation>还没有可统计的数据。</translation>
    </message>
</context>
<context>
    <name>DateEditor</name>
    <message>
        <source>year-month-day</source>
        <translation>年-月-日</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
</context>
<context>
    <name>DecisionDialog</name>
    <message>
        <source>Please enter the day.</source>
        <translation>请填写日期。</translation>
    </message>
</context>
<context>
    <name>DecisionMap</name>
    <message>
        <source>Decision chain</source>
        <translation>决策链图谱</translation>
    </message>
    <message>
        <source>met</source>
        <translation>已接触</translation>
    </message>
    <message>
        <source>not met yet</source>
        <translation>未接触</translation>
    </message>
    <message>
        <source>Nobody is entered yet. Enter the roles and their weights in the needs analysis record.</source>
        <translation>尚未填写。请在客户需求分析记录表中填写各角色及权重。</translation>
    </message>
    <message>
        <source>Met: {met}% of the weight</source>
        <translation>已接触权重 {met}%</translation>
    </message>
    <message>
        <source>the weights sum to {total}%, not 100%</source>
        <translation>权重合计 {total}%，不是 100%</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>{form}: delete {count}?</source>
        <translation>{form}：删除 {count} 条？</translation>
    </message>
    <message>
        <source>These hang on it and go with it:</source>
        <translation>以下关联内容将一并删除：</translation>
    </message>
    <message>
        <source>They go into the recycle bin, and come back from there.</source>
        <translation>删除后进入回收站，可随时恢复。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Deleted: {count}. The recycle bin keeps it.</source>
        <translation>已删除：{count}。可在回收站中恢复。</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>DocumentActions</name>
    <message>
        <source>{paper}, as issued</source>
        <translation>{paper}（已出具）</translation>
    </message>
    <message>
        <source>{paper}, as slides (PowerPoint)…</source>
        <translation>{paper}（PowerPoint 幻灯片）…</translation>
    </message>
    <message>
        <source>Copy as a text for WeChat</source>
        <translation>复制为微信文字</translation>
    </message>
    <message>
        <source>There is nothing to print yet</source>
        <translation>暂无可打印的文件</translation>
    </message>
    <message>
        <source>In another language</source>
        <translation>其他语言</translation>
    </message>
    <message>
        <source>New confirmation letter</source>
        <translation>新的需求确认函</translation>
    </message>
    <message>
        <source>Signed by both: {name} ({when})</source>
        <translation>双方已签：{name}（{when}）</translation>
    </message>
    <message>
        <source>Signed by one side: {name} ({when})</source>
        <translation>一方已签：{name}（{when}）</translation>
    </message>
    <message>
        <source>{paper} as slides</source>
        <translation>{paper}（幻灯片）</translation>
    </message>
    <message>
        <source>Copied. Paste it into the chat.</source>
        <translation>已复制，请粘贴到聊天窗口。</translation>
    </message>
    <message>
        <source>There is nothing to say yet.</source>
        <translation>还没有可发送的内容。</translation>
    </message>
</context>
<context>
    <name>DuplicateHint</name>
    <message>
        <source>Perhaps already there: {name} ({reason})</source>
        <translation>可能已存在：{name}（{reason}）</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>合并…</translation>
    </message>
</context>
<context>
    <name>FilesPage</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>No file yet. Drop photos or papers here.</source>
        <translation>还没有文件，可将照片或文件拖到此处。</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Text, option, &gt;200, 2026-01-01..2026-03-31</source>
        <translation>文字、选项、&gt;200、2026-01-01..2026-03-31</translation>
    </message>
    <message>
        <source>What is wanted of the field</source>
        <translation>字段条件</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>已存视图</translation>
    </message>
    <message>
        <source>Save view…</source>
        <translation>保存视图…</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>保存视图</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>Remove the filter {name}</source>
        <translation>取消筛选 {name}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>FormDialog</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Saved, but it cannot be used like this yet:</source>
        <translation>已保存，但目前还不能使用：</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>Not saved: please look at the marked fields</source>
        <translation>未保存：请检查标出的字段</translation>
    </message>
    <message>
        <source>Not saved yet: typed on {when}</source>
        <translation>尚未保存：{when} 填写的草稿</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>已保存 {time}</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>草稿已自动保存 {time}</translation>
    </message>
    <message>
        <source>{reason}:
{value}</source>
        <translation>{reason}：
{value}</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>What is due comes first: letters whose 24 hours run, interviews, visits, follow-ups.</source>
        <translation>到期事项排在最前：24 小时内须发出的确认函、访谈、回访、跟进。</translation>
    </message>
    <message>
        <source>A customer</source>
        <translation>一位客户</translation>
    </message>
    <message>
        <source>Tab ① holds 表1. Type, press Enter to move on and Ctrl+S to save. A draft is kept all the while.</source>
        <translation>标签页①是表1。直接输入，回车到下一项，Ctrl+S 保存；输入过程中始终保存草稿。</translation>
    </message>
    <message>
        <source>The interview and its letter</source>
        <translation>访谈与确认函</translation>
    </message>
    <message>
        <source>Tab ② holds 表2 and the decision chain. One click makes the confirmation letter of it.</source>
        <translation>标签页②是表2 与决策链，点一下即可生成需求确认函。</translation>
    </message>
    <message>
        <source>To the contract and beyond</source>
        <translation>直到合同与售后</translation>
    </message>
    <message>
        <source>Tabs ③ to ⑥ prepare their forms from what is known, and say what the rules have to say. F8 shows a customer only what he may see.</source>
        <translation>标签页③至⑥用已知内容预填表单，并提示规则要求。按 F8 进入客户视图，只显示客户可见的内容。</translation>
    </message>
    <message>
        <source>The whole pipeline</source>
        <translation>全部机会</translation>
    </message>
    <message>
        <source>Carry a card to its next column to move a customer on. Approvals and figures stand beside.</source>
        <translation>把卡片拖到下一列即可推进客户。旁边是审批与数据。</translation>
    </message>
    <message>
        <source>In the evening</source>
        <translation>晚上回到公司</translation>
    </message>
    <message>
        <source>Sync brings the day to the office. These are sample rows: remove them in your own menu when you have seen enough.</source>
        <translation>点“同步”把一天的工作带回办公室。这里是示例数据：看够了，可在右上角菜单中移除。</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>A walk through SalesDesk</source>
        <translation>快速了解 SalesDesk</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>HealthPage</name>
    <message>
        <source>Health</source>
        <translation>体检</translation>
    </message>
    <message>
        <source>Looking at the program, the disk and every page of your data…</source>
        <translation>正在检查程序、磁盘和数据的每一页…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Save for support…</source>
        <translation>保存给技术支持…</translation>
    </message>
    <message>
        <source>Checks, versions and counts in one file. No name, no text and no file of a customer is in it.</source>
        <translation>检查结果、版本和数量，存为一个文件。其中没有任何客户的名称、文字或文件。</translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>To look at: {count}.</source>
        <translation>需要留意：{count} 项。</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>To look at</source>
        <translation>需要留意</translation>
    </message>
    <message>
        <source>Not in order</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Save for support</source>
        <translation>保存给技术支持</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>History and recycle bin</source>
        <translation>历史与回收站</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>About</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>What I did</source>
        <translation>我的操作</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>删除时间</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Recycle bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>{about} and {count} more</source>
        <translation>{about} 等，另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>HouseChoice</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>As the program</source>
        <translation>使用默认样式</translation>
    </message>
    <message>
        <source>Empty: the company&apos;s name</source>
        <translation>留空则为公司名称</translation>
    </message>
    <message>
        <source>Logo on papers</source>
        <translation>文件上的公司标志</translation>
    </message>
    <message>
        <source>Colour of papers</source>
        <translation>文件主色</translation>
    </message>
    <message>
        <source>Foot of papers</source>
        <translation>文件页脚</translation>
    </message>
    <message>
        <source>Template of slides</source>
        <translation>幻灯片模板</translation>
    </message>
    <message>
        <source>no logo</source>
        <translation>未设置</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import: {form}</source>
        <translation>导入：{form}</translation>
    </message>
    <message>
        <source>Save the rows with errors…</source>
        <translation>另存有误的行…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>fill in what is empty</source>
        <translation>补全空缺内容</translation>
    </message>
    <message>
        <source>keep as further ones</source>
        <translation>作为新记录导入</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>The file comes from</source>
        <translation>文件来源</translation>
    </message>
    <message>
        <source>Those that are there already:</source>
        <translation>已存在的记录：</translation>
    </message>
    <message>
        <source>Heading row</source>
        <translation>标题行</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>{name}: reading…</source>
        <translation>{name}：正在读取…</translation>
    </message>
    <message>
        <source>This is not its password. Please enter it again.</source>
        <translation>密码不正确，请重新输入。</translation>
    </message>
    <message>
        <source>Columns that are not taken in: {count} ({names}). Say above a column what it is.</source>
        <translation>有 {count} 列不会导入（{names}）。可在该列上方选择对应的字段。</translation>
    </message>
    <message>
        <source>Sheets that have rows as well: {names}.</source>
        <translation>另外还有内容的工作表：{names}。</translation>
    </message>
    <message>
        <source>Shown are {shown} of {all} rows, those with errors first.</source>
        <translation>共 {all} 行，只显示 {shown} 行，有误的排在前面。</translation>
    </message>
    <message>
        <source>{name}: {fit} of {all} rows come in, {wrong} with errors, {same} there already</source>
        <translation>{name}：共 {all} 行，将导入 {fit} 行，有误 {wrong} 行，已存在 {same} 行</translation>
    </message>
    <message>
        <source>, {count} no data</source>
        <translation>，不是数据 {count} 行</translation>
    </message>
    <message>
        <source>Import {count}</source>
        <translation>导入 {count} 行</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
</context>
<context>
    <name>ImportTable</name>
    <message>
        <source>Rows of the file</source>
        <translation>文件中的行</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <source>take in all the same</source>
        <translation>仍然导入</translation>
    </message>
    <message>
        <source>In the file: {text}</source>
        <translation>文件中的内容：{text}</translation>
    </message>
    <message>
        <source>left out: {reason}</source>
        <translation>不导入：{reason}</translation>
    </message>
    <message>
        <source>goes with row {number}: {name}</source>
        <translation>并入第{number}行：{name}</translation>
    </message>
    <message>
        <source>there already: {name}</source>
        <translation>已存在：{name}</translation>
    </message>
    <message>
        <source>comes in: {reason}</source>
        <translation>导入：{reason}</translation>
    </message>
    <message>
        <source>comes in, into the description: {reason}</source>
        <translation>将导入并写入需求描述：{reason}</translation>
    </message>
    <message>
        <source>comes in</source>
        <translation>将导入</translation>
    </message>
    <message>
        <source>{name} (same telephone)</source>
        <translation>{name}（电话相同）</translation>
    </message>
    <message>
        <source>(leave out)</source>
        <translation>（不导入）</translation>
    </message>
    <message>
        <source>{name}: {choice}</source>
        <translation>{name}：{choice}</translation>
    </message>
    <message>
        <source>{label}: {reason}</source>
        <translation>{label}：{reason}</translation>
    </message>
</context>
<context>
    <name>Insight</name>
    <message>
        <source>Modules done: {done} of {all}</source>
        <translation>已完成模块 {done} / {all}</translation>
    </message>
    <message>
        <source>saves {amount} a year</source>
        <translation>每年节省 {amount}</translation>
    </message>
    <message>
        <source>{amount} in three years</source>
        <translation>3年节省 {amount}</translation>
    </message>
    <message>
        <source>pays for itself in {months} months</source>
        <translation>{months} 个月收回投资</translation>
    </message>
    <message>
        <source>efficiency up to +{percent} %</source>
        <translation>效率最高提升 {percent}%</translation>
    </message>
    <message>
        <source>Open for the next meeting: {points}</source>
        <translation>留待下次谈判：{points}</translation>
    </message>
    <message>
        <source>Concessions: {count}</source>
        <translation>让步 {count} 项</translation>
    </message>
</context>
<context>
    <name>KeyringDialog</name>
    <message>
        <source>Waiting for this computer&apos;s keyring</source>
        <translation>正在等待本机的密钥环</translation>
    </message>
    <message>
        <source>It keeps the key to your data. If the computer asks for the keyring&apos;s password, please answer it; its window may be behind this one.</source>
        <translation>您的数据密钥保存在密钥环中。如电脑要求输入密钥环密码，请输入；其窗口可能在本窗口后面。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>LetterActions</name>
    <message>
        <source>Preview and print</source>
        <translation>预览与打印</translation>
    </message>
    <message>
        <source>It went out by…</source>
        <translation>发出方式…</translation>
    </message>
    <message>
        <source>The customer has confirmed</source>
        <translation>客户已确认</translation>
    </message>
</context>
<context>
    <name>LockedDialog</name>
    <message>
        <source>Ask the office again</source>
        <translation>再次询问办公室</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Local data is encrypted · Customers: {count} · Last sync: {when}</source>
        <translation>本地数据已加密 · {count} 位客户 · 上次同步 {when}</translation>
    </message>
    <message>
        <source>About SalesDesk</source>
        <translation>关于 SalesDesk</translation>
    </message>
    <message>
        <source>Offline sales desktop. Everything lies encrypted on this laptop until you sync with the office.</source>
        <translation>离线销售工作台。所有数据加密保存在本机，直到您与办公室同步。</translation>
    </message>
</context>
<context>
    <name>Match</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Match {share}%</source>
        <translation>匹配 {share}%</translation>
    </message>
    <message>
        <source>not met: {criteria}</source>
        <translation>未满足：{criteria}</translation>
    </message>
    <message>
        <source>not known: {criteria}</source>
        <translation>未知：{criteria}</translation>
    </message>
    <message>
        <source>profile: {profile}</source>
        <translation>画像：{profile}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>region</source>
        <translation>地域</translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>Merge two customers</source>
        <translation>合并客户</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Rounds, papers, tasks and contacts of the other one move to the kept one, and fill what is empty there. The history takes it back.</source>
        <translation>另一客户的销售机会、表单、任务和联系人将并入保留的客户，并补全其空缺项；可在操作记录中撤销。</translation>
    </message>
    <message>
        <source>“{name}” is in the recycle bin.</source>
        <translation>“{name}”已在回收站中。</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} 小时</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分</translation>
    </message>
</context>
<context>
    <name>MoveOnDialog</name>
    <message>
        <source>Move on to {stage}</source>
        <translation>进入{stage}</translation>
    </message>
    <message>
        <source>Start the next round</source>
        <translation>启动新一轮</translation>
    </message>
    <message>
        <source>These items are still open:</source>
        <translation>以下各项尚未完成：</translation>
    </message>
    <message>
        <source>Why move on all the same? The reason is kept with the customer.</source>
        <translation>为何仍要推进？原因会保存在客户记录中。</translation>
    </message>
    <message>
        <source>Move on</source>
        <translation>继续推进</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>留在本阶段</translation>
    </message>
</context>
<context>
    <name>OfferPage</name>
    <message>
        <source>Language of the paper</source>
        <translation>文件语言</translation>
    </message>
</context>
<context>
    <name>OpeningDialog</name>
    <message>
        <source>Restore from a backup…</source>
        <translation>从备份恢复…</translation>
    </message>
</context>
<context>
    <name>OrderChoice</name>
    <message>
        <source>Order of the list</source>
        <translation>列表排序</translation>
    </message>
    <message>
        <source>Last changed first</source>
        <translation>最近更新在前</translation>
    </message>
    <message>
        <source>Best match first</source>
        <translation>匹配度最高在前</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>Pages of the paper</source>
        <translation>文件页面</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Search customers, contacts, letters… (pinyin initials work)   Ctrl+K</source>
        <translation>搜索客户、联系人、确认函…（支持拼音首字母）   Ctrl+K</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>全局搜索</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Nothing found for “{typed}”</source>
        <translation>没有找到“{typed}”</translation>
    </message>
</context>
<context>
    <name>PaperPage</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Mail draft…</source>
        <translation>邮件草稿…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>签署…</translation>
    </message>
    <message>
        <source>Keep with the record</source>
        <translation>随记录存档</translation>
    </message>
    <message>
        <source>Your company&apos;s name is missing on this paper. Enter it in the settings, then make it again.</source>
        <translation>文件上缺少我方单位名称，请在设置中填写后重新生成。</translation>
    </message>
    <message>
        <source>A draft, an unapproved paper and a finished one cannot be signed.</source>
        <translation>草稿、未经审批或已签完的文件不能签署。</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Printing page {number} of {count}…</source>
        <translation>正在打印第 {number} 页，共 {count} 页…</translation>
    </message>
    <message>
        <source>Handed to the printer.</source>
        <translation>已交给打印机。</translation>
    </message>
    <message>
        <source>Kept with the record.</source>
        <translation>已随记录存档。</translation>
    </message>
    <message>
        <source>Signed, and kept with the record.</source>
        <translation>已签署，并已随记录存档。</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存为 PDF</translation>
    </message>
</context>
<context>
    <name>PreviewPage</name>
    <message>
        <source>Confirmation letter</source>
        <translation>需求确认函</translation>
    </message>
    <message>
        <source>Note as sent</source>
        <translation>标记为已发出</translation>
    </message>
    <message>
        <source>Noted as sent. The clock has stopped.</source>
        <translation>已标记为发出，计时停止。</translation>
    </message>
</context>
<context>
    <name>RecordModel</name>
    <message>
        <source>Match</source>
        <translation>画像匹配</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Change selected…</source>
        <translation>批量修改…</translation>
    </message>
    <message>
        <source>Delete selected…</source>
        <translation>删除所选…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Print selected…</source>
        <translation>打印所选…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>All that is listed…</source>
        <translation>导出列表内容…</translation>
    </message>
    <message>
        <source>With people masked…</source>
        <translation>导出（隐去个人信息）…</translation>
    </message>
    <message>
        <source>Copy the standard text</source>
        <translation>复制标准文本</translation>
    </message>
    <message>
        <source>Exported: {count} as {name}</source>
        <translation>已导出 {count} 条：{name}</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格文件</translation>
    </message>
    <message>
        <source>Imported: {count}. The history takes it back.</source>
        <translation>已导入 {count} 条，可在操作记录中撤销。</translation>
    </message>
    <message>
        <source>Left out: {count}.</source>
        <translation>未导入：{count} 条。</translation>
    </message>
    <message>
        <source>With errors, not imported: {count}.</source>
        <translation>有误未导入：{count} 条。</translation>
    </message>
    <message>
        <source>Print selected ({count})…</source>
        <translation>打印所选（{count}）…</translation>
    </message>
    <message>
        <source>Changed: {count}. The history takes it back.</source>
        <translation>已修改 {count} 条，可在操作记录中撤销。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>出现问题</translation>
    </message>
    <message>
        <source>SalesDesk made a mistake. What was shown as saved is safe, and you can go on working. Please send this report to your office.</source>
        <translation>SalesDesk 出现内部错误。已显示“已保存”的内容是安全的，您可以继续工作。请将此报告发给办公室。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Restore from a backup</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>The chosen state takes the place of your data. What was entered after it comes back from the office if it was synced. The present file is kept in the folder “damaged”. Afterwards sign in to the office again when it asks you to.</source>
        <translation>所选备份将取代当前数据。备份之后录入的内容，如已同步，会从办公室取回。当前文件保留在“damaged”文件夹中。之后如有提示，请重新登录办公室。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>There is no backup on this computer.</source>
        <translation>本机没有备份。</translation>
    </message>
</context>
<context>
    <name>RowsEditor</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a row: {form}</source>
        <translation>添加一行：{form}</translation>
    </message>
    <message>
        <source>Move the row up</source>
        <translation>上移此行</translation>
    </message>
    <message>
        <source>Remove the row</source>
        <translation>删除此行</translation>
    </message>
    <message>
        <source>{field} in total: {sum}</source>
        <translation>{field}合计 {sum}</translation>
    </message>
</context>
<context>
    <name>SealList</name>
    <message>
        <source>{name}, {when}: CHANGED. {why} Do not rely on it; ask for the original file.</source>
        <translation>{name}，{when}：已被改动。{why}请勿采信，并索取原始文件。</translation>
    </message>
    <message>
        <source>{name}, {when}: signed, but it cannot be checked here. {why}</source>
        <translation>{name}，{when}：已签署，但此处无法验证。{why}</translation>
    </message>
    <message>
        <source>{name}, {when}: signed, and unchanged since, but WEAK. {why}</source>
        <translation>{name}，{when}：已签署，未见改动，但强度不足。{why}</translation>
    </message>
    <message>
        <source>{name}, {when}: signed, and unchanged since. Sealed with our own certificate.</source>
        <translation>{name}，{when}：已签署，此后未被改动；由我方证书加封。</translation>
    </message>
    <message>
        <source>{name}, {when}: signed, and unchanged since; but who sealed it is not known on this computer ({issuer}).</source>
        <translation>{name}，{when}：已签署，此后未被改动；但本机不认识加封的证书，无法确认是谁签的（{issuer}）。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>after {minutes} minutes</source>
        <translation>{minutes} 分钟后</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Our company (sender on papers)</source>
        <translation>我方单位（用于出具的文件）</translation>
    </message>
    <message>
        <source>Our phone</source>
        <translation>我方电话</translation>
    </message>
    <message>
        <source>Our e-mail</source>
        <translation>我方邮箱</translation>
    </message>
    <message>
        <source>Our address</source>
        <translation>我方地址</translation>
    </message>
    <message>
        <source>Certificate for signing</source>
        <translation>签署证书</translation>
    </message>
    <message>
        <source>Lock when nothing is touched</source>
        <translation>无操作自动锁定</translation>
    </message>
    <message>
        <source>Encrypted data on this computer</source>
        <translation>本机加密数据位置</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Next field; in rows the next cell, at the end a new row</source>
        <translation>下一字段；在表格行中为下一格，末格后新增一行</translation>
    </message>
    <message>
        <source>Leave a cell of several lines</source>
        <translation>离开多行单元格</translation>
    </message>
    <message>
        <source>In a date: a day later or earlier</source>
        <translation>日期：后一天或前一天</translation>
    </message>
    <message>
        <source>In a date: a week later or earlier, with Ctrl a month</source>
        <translation>日期：后一周或前一周，加 Ctrl 为一个月</translation>
    </message>
    <message>
        <source>In a date: the calendar</source>
        <translation>日期：打开日历</translation>
    </message>
    <message>
        <source>In a preview: print, save as PDF</source>
        <translation>预览中：打印、另存为 PDF</translation>
    </message>
    <message>
        <source>In a preview: larger or smaller pages (Ctrl and the wheel, too)</source>
        <translation>预览中：放大、缩小页面，也可按住 Ctrl 滚动滚轮</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SignPage</name>
    <message>
        <source>Sign</source>
        <translation>签署</translation>
    </message>
    <message>
        <source>The customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>We</source>
        <translation>我方</translation>
    </message>
    <message>
        <source>Who signs</source>
        <translation>签署方</translation>
    </message>
    <message>
        <source>Name of the signer</source>
        <translation>签署人姓名</translation>
    </message>
    <message>
        <source>Sign with pen, finger or mouse. The paper cannot be changed afterwards without it being noticed.</source>
        <translation>请用触控笔、手指或鼠标签名。签署后文件若有任何改动都会被发现。</translation>
    </message>
    <message>
        <source>With this signature the customer confirms the paper as it stands.</source>
        <translation>客户签名即表示确认本文件内容无误。</translation>
    </message>
    <message>
        <source>Last stroke back</source>
        <translation>撤销一笔</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The signature is not on the paper yet.</source>
        <translation>签名尚未写入文件。</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>放弃签名</translation>
    </message>
</context>
<context>
    <name>SignaturePad</name>
    <message>
        <source>Sign here</source>
        <translation>在此签名</translation>
    </message>
</context>
<context>
    <name>StagePage</name>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Create confirmation letter</source>
        <translation>生成需求确认函</translation>
    </message>
    <message>
        <source>Find an answer</source>
        <translation>查找应答话术</translation>
    </message>
    <message>
        <source>Close this round…</source>
        <translation>结束本轮…</translation>
    </message>
    <message>
        <source>Move on to {stage} →</source>
        <translation>进入{stage} →</translation>
    </message>
    <message>
        <source>Start the next round →</source>
        <translation>启动新一轮（复购）→</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Start the next round</source>
        <translation>启动新一轮（复购）</translation>
    </message>
    <message>
        <source>Files of this form…</source>
        <translation>此表单的文件…</translation>
    </message>
    <message>
        <source>Delete this form…</source>
        <translation>删除此表单…</translation>
    </message>
    <message>
        <source>Choose a customer</source>
        <translation>请选择客户</translation>
    </message>
    <message>
        <source>Its forms, open items and history stand here.</source>
        <translation>这里显示客户的表单、待完成事项和时间线。</translation>
    </message>
    <message>
        <source>{form} for this customer</source>
        <translation>为该客户新建{form}</translation>
    </message>
</context>
<context>
    <name>StageWords</name>
    <message>
        <source>No {form} yet</source>
        <translation>还没有{form}</translation>
    </message>
    <message>
        <source>New {form}</source>
        <translation>新建{form}</translation>
    </message>
    <message>
        <source>No interview outline yet</source>
        <translation>还没有沟通提纲</translation>
    </message>
    <message>
        <source>The questions are prepared from industry and size of the customer; change them as you like.</source>
        <translation>按客户行业与规模预设问题，可自由修改。</translation>
    </message>
    <message>
        <source>Prepare an outline</source>
        <translation>准备沟通提纲</translation>
    </message>
    <message>
        <source>No interview recorded yet</source>
        <translation>还没有访谈记录</translation>
    </message>
    <message>
        <source>Record it within 24 hours: pain points, stated and implicit needs, and who decides.</source>
        <translation>请在 24 小时内录入：痛点、明确需求与隐性需求、决策链。</translation>
    </message>
    <message>
        <source>Record an interview</source>
        <translation>填写需求分析记录表</translation>
    </message>
    <message>
        <source>No confirmation letter yet</source>
        <translation>还没有需求确认函</translation>
    </message>
    <message>
        <source>It is made from the needs analysis record and goes out within 24 hours of the interview.</source>
        <translation>由需求分析记录表生成，访谈后 24 小时内发出。</translation>
    </message>
    <message>
        <source>Create confirmation letter</source>
        <translation>生成需求确认函</translation>
    </message>
    <message>
        <source>No proposal yet</source>
        <translation>还没有方案</translation>
    </message>
    <message>
        <source>Its six modules are prepared from the interview and the texts of the industry; complete them and tick them off.</source>
        <translation>六个模块根据访谈与行业内容预填，请补充并逐项勾选完成。</translation>
    </message>
    <message>
        <source>Prepare a proposal</source>
        <translation>准备方案</translation>
    </message>
    <message>
        <source>No objections yet</source>
        <translation>还没有异议记录</translation>
    </message>
    <message>
        <source>Note each one with the answer given, who settles it and by when.</source>
        <translation>记录每条异议、应答策略、解决责任人与时间。</translation>
    </message>
    <message>
        <source>Note an objection</source>
        <translation>记录异议</translation>
    </message>
    <message>
        <source>No limits set yet</source>
        <translation>还没有设定底线</translation>
    </message>
    <message>
        <source>Lowest price, longest payment term and what may be conceded. Never shown in customer view or on a customer&apos;s paper.</source>
        <translation>最低价格、最长付款周期与可让步内容。客户视图与客户文件中绝不显示。</translation>
    </message>
    <message>
        <source>Set limits and strategy</source>
        <translation>设定底线与策略</translation>
    </message>
    <message>
        <source>No negotiation recorded yet</source>
        <translation>还没有谈判记录</translation>
    </message>
    <message>
        <source>Both positions, what was agreed, and what stays open for the next meeting.</source>
        <translation>记录双方立场、初步共识与留待下次的事项。</translation>
    </message>
    <message>
        <source>Record a negotiation</source>
        <translation>记录谈判</translation>
    </message>
    <message>
        <source>No result yet</source>
        <translation>还没有谈判结果</translation>
    </message>
    <message>
        <source>It is drawn up from what the meetings agreed, then reviewed by manager and legal.</source>
        <translation>根据谈判共识整理，再提交销售经理与法务审核。</translation>
    </message>
    <message>
        <source>Draw up the result</source>
        <translation>整理谈判结果</translation>
    </message>
    <message>
        <source>No contract yet</source>
        <translation>还没有合同</translation>
    </message>
    <message>
        <source>It is drafted with the terms of the negotiation result; what differs later is pointed out.</source>
        <translation>按谈判结果填写条款；之后与谈判不一致之处会指出。</translation>
    </message>
    <message>
        <source>Draft the contract</source>
        <translation>起草合同</translation>
    </message>
    <message>
        <source>Nothing delivered yet</source>
        <translation>还没有交付记录</translation>
    </message>
    <message>
        <source>From the day of delivery on, the customer is to be called within 3 working days.</source>
        <translation>交付后 3 个工作日内需联系客户。</translation>
    </message>
    <message>
        <source>Record a delivery</source>
        <translation>记录交付</translation>
    </message>
    <message>
        <source>No visit yet</source>
        <translation>还没有回访记录</translation>
    </message>
    <message>
        <source>A customers every month, B every quarter, C every half year.</source>
        <translation>A 类每月 1 次，B 类每季度 1 次，C 类每半年 1 次。</translation>
    </message>
    <message>
        <source>Record a visit</source>
        <translation>记录回访</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Sync with the office</source>
        <translation>与办公室同步</translation>
    </message>
    <message>
        <source>Waiting to go</source>
        <translation>待同步</translation>
    </message>
    <message>
        <source>What came</source>
        <translation>收到的更新</translation>
    </message>
    <message>
        <source>Changed by two people</source>
        <translation>两人同时修改</translation>
    </message>
    <message>
        <source>Never synchronised with an office yet. Everything is on this computer.</source>
        <translation>尚未与办公室同步，所有数据都在本机。</translation>
    </message>
    <message>
        <source>The office&apos;s data are as of {when}.</source>
        <translation>办公室数据截至 {when}。</translation>
    </message>
    <message>
        <source>{count} changes</source>
        <translation>{count} 项更改</translation>
    </message>
    <message>
        <source>Needs attention · {count}</source>
        <translation>需要处理 · {count}</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>One side</source>
        <translation>一方</translation>
    </message>
    <message>
        <source>The other side</source>
        <translation>另一方</translation>
    </message>
    <message>
        <source>(stands now)</source>
        <translation>（当前采用）</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持现状</translation>
    </message>
    <message>
        <source>Take the one</source>
        <translation>采用一方</translation>
    </message>
    <message>
        <source>Take the other</source>
        <translation>采用另一方</translation>
    </message>
    <message>
        <source>This computer is known to the office now.</source>
        <translation>办公室已认识这台电脑。</translation>
    </message>
    <message>
        <source>Stopped. Nothing is lost; the rest goes on next time.</source>
        <translation>已停止，没有丢失内容，下次继续。</translation>
    </message>
    <message>
        <source>Done: {sent} changes went, {came} records came.</source>
        <translation>同步完成：发出 {sent} 项更改，收到 {came} 条记录。</translation>
    </message>
    <message>
        <source>Not all went: {sent} changes went, {came} records came, {files} files did not move.</source>
        <translation>未全部完成：发送 {sent} 项更改，收到 {came} 条记录，{files} 个文件未能传送。</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Files that did not go or come: {count}. They are tried again at the next sync.</source>
        <translation>有 {count} 个文件未能上传或下载，下次同步时会重试。</translation>
    </message>
    <message>
        <source>The office took the territory {name} from you. Its records left this computer.</source>
        <translation>办公室已收回您在区域 {name} 的权限，该区域的记录已从本机移除。</translation>
    </message>
    <message>
        <source>Sign in to the office once</source>
        <translation>首次登录办公室</translation>
    </message>
    <message>
        <source>Office address</source>
        <translation>办公室地址</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password, or the office&apos;s code</source>
        <translation>密码或登记码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress of the sync</source>
        <translation>同步进度</translation>
    </message>
</context>
<context>
    <name>TeamPage</name>
    <message>
        <source>Hand over…</source>
        <translation>移交…</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>同事</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户数</translation>
    </message>
    <message>
        <source>Follow-ups overdue</source>
        <translation>逾期跟进</translation>
    </message>
    <message>
        <source>Open rounds</source>
        <translation>进行中机会</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>移交客户</translation>
    </message>
    <message>
        <source>To whom do the customers of {name} go?</source>
        <translation>{name}的客户移交给谁？</translation>
    </message>
    <message>
        <source>{count} customers handed to {name}. The history takes it back.</source>
        <translation>已将 {count} 位客户移交给{name}，可在操作记录中撤销。</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>{what} ({who})</source>
        <translation>{what}（{who}）</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>暂无记录。</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Confirmation letters to send</source>
        <translation>待发确认函</translation>
    </message>
    <message>
        <source>Interviews today</source>
        <translation>今日访谈</translation>
    </message>
    <message>
        <source>Follow-ups due</source>
        <translation>待跟进</translation>
    </message>
    <message>
        <source>First contact after delivery</source>
        <translation>交付后首次联系</translation>
    </message>
    <message>
        <source>Visits due</source>
        <translation>回访到期</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>Unfinished forms</source>
        <translation>未完成的表单</translation>
    </message>
    <message>
        <source>Nothing is due</source>
        <translation>暂无到期事项</translation>
    </message>
    <message>
        <source>No letter is running, nobody waits for a call. A good moment to look for new customers.</source>
        <translation>没有待发的确认函，也没有客户在等待。正好去开发新客户。</translation>
    </message>
    <message>
        <source>To the calendar…</source>
        <translation>导出到日历…</translation>
    </message>
    <message>
        <source>Exported: {count} as {name}</source>
        <translation>已导出 {count} 条：{name}</translation>
    </message>
    <message>
        <source>New task…</source>
        <translation>新建待办…</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>新建待办</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>in a week</source>
        <translation>一周后</translation>
    </message>
    <message>
        <source>without a day</source>
        <translation>不定日期</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Kept. It will stand here on {day}.</source>
        <translation>已保存，将在 {day} 显示。</translation>
    </message>
    <message>
        <source>dddd, MMMM d</source>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>Due with customers: {due} · tasks: {tasks} · unfinished forms: {drafts}</source>
        <translation>客户事项 {due} · 待办 {tasks} · 未完成表单 {drafts}</translation>
    </message>
    <message>
        <source>Due {when}</source>
        <translation>{when} 到期</translation>
    </message>
    <message>
        <source>Due {when}, provisional</source>
        <translation>{when} 到期（暂定）</translation>
    </message>
    <message>
        <source>The days off of {years} are not known yet. The office can enter them.</source>
        <translation>{years} 年的放假安排尚未公布，行政部可录入。</translation>
    </message>
    <message>
        <source>Done: {task}</source>
        <translation>完成：{task}</translation>
    </message>
    <message>
        <source>{days} d late</source>
        <translation>逾期 {days} 天</translation>
    </message>
    <message>
        <source>Typed {when}</source>
        <translation>{when} 填写</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续填写</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Remove the sample data and begin</source>
        <translation>移除示例数据，开始使用</translation>
    </message>
    <message>
        <source>● Offline · {count} to sync</source>
        <translation>● 离线 · {count} 项待同步</translation>
    </message>
    <message>
        <source>● Offline · never synced</source>
        <translation>● 离线 · 从未同步</translation>
    </message>
    <message>
        <source>Synced {when}</source>
        <translation>已同步 {when}</translation>
    </message>
    <message>
        <source>Needs attention · {count}</source>
        <translation>需要处理 · {count}</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
</context>
<context>
    <name>UnitQuestionBar</name>
    <message>
        <source>{heading}: no unit is named. Rows with such an amount come in when you have said what they mean.</source>
        <translation>{heading}：没有写单位。说明单位后，这些行才会导入。</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>10,000 yuan</source>
        <translation>万元</translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>SalesDesk is locked</source>
        <translation>SalesDesk 已锁定</translation>
    </message>
    <message>
        <source>Enter your passphrase. Everything is where you left it.</source>
        <translation>请输入口令，一切都在原处。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
</context>
<context>
    <name>WelcomeDialog</name>
    <message>
        <source>Welcome to SalesDesk</source>
        <translation>欢迎使用 SalesDesk</translation>
    </message>
    <message>
        <source>Your customers are kept on this computer only, encrypted, and work without network.</source>
        <translation>客户资料仅加密保存在本机，无需网络即可使用。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Ask for a passphrase at each start</source>
        <translation>每次启动时输入口令</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>再次输入口令</translation>
    </message>
    <message>
        <source>Look around with sample data first</source>
        <translation>先用示例数据看看</translation>
    </message>
    <message>
        <source>Looking for this computer&apos;s keyring…</source>
        <translation>正在查找本机的密钥环…</translation>
    </message>
    <message>
        <source>If the computer asks for the password of its keyring, please answer it.</source>
        <translation>如电脑要求输入密钥环密码，请输入。</translation>
    </message>
    <message>
        <source>This computer has no keyring, so a passphrase protects your data. Nobody can recover it: write it down and keep it in a safe place.</source>
        <translation>本机没有密钥环，因此用口令保护数据。口令无法找回，请记下并妥善保管。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring does not answer, so a passphrase protects your data. Nobody can recover it: write it down and keep it in a safe place.</source>
        <translation>本机的密钥环没有应答，因此用口令保护您的数据。口令无法找回：请写下来并妥善保管。</translation>
    </message>
    <message>
        <source>Nobody can recover a forgotten passphrase: write it down and keep it in a safe place.</source>
        <translation>口令忘记后无法找回，请记下并妥善保管。</translation>
    </message>
    <message>
        <source>The key is kept in this computer&apos;s keyring; signing in to the computer opens it.</source>
        <translation>密钥保存在系统密钥环中，登录电脑即可打开。</translation>
    </message>
</context>
<context>
    <name>WorkArea</name>
    <message>
        <source>Which one</source>
        <translation>选择记录</translation>
    </message>
    <message>
        <source>New, not saved yet</source>
        <translation>新建（未保存）</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>At most {limit} characters; this has {length}.</source>
        <translation>最多 {limit} 个字，现有 {length} 个字。</translation>
    </message>
    <message>
        <source>Another record has this already.</source>
        <translation>已有另一条记录使用此内容。</translation>
    </message>
    <message>
        <source>Contains half a character that cannot be stored. Please type it again.</source>
        <translation>含有不完整的字符，无法保存，请重新输入。</translation>
    </message>
    <message>
        <source>This is not a number. Example: 200</source>
        <translation>这不是数字。例如：200</translation>
    </message>
    <message>
        <source>This comma may stand before decimals or between thousands. Please write 1234.50 or 1,234.</source>
        <translation>这个逗号可能是小数点，也可能是千分位。请写成 1234.50 或 1,234。</translation>
    </message>
    <message>
        <source>A whole number, please.</source>
        <translation>请填写整数。</translation>
    </message>
    <message>
        <source>Between {low} and {high}, please.</source>
        <translation>请填写 {low} 到 {high} 之间的数。</translation>
    </message>
    <message>
        <source>This is not an amount. Examples: 25万, 1.2亿, 3500</source>
        <translation>这不是金额。例如：25万、1.2亿、3500</translation>
    </message>
    <message>
        <source>An amount has at most two decimals (分).</source>
        <translation>金额最多精确到分。</translation>
    </message>
    <message>
        <source>This is not a date. Example: 2026-03-15</source>
        <translation>这不是日期。例如：2026-03-15</translation>
    </message>
    <message>
        <source>There is no such day.</source>
        <translation>没有这一天。</translation>
    </message>
    <message>
        <source>This is not a time. Example: 14:30</source>
        <translation>这不是时间。例如：14:30</translation>
    </message>
    <message>
        <source>Please choose one from the list.</source>
        <translation>请从列表中选择。</translation>
    </message>
    <message>
        <source>Yes or no, please.</source>
        <translation>请填写“是”或“否”。</translation>
    </message>
    <message>
        <source>This is not text.</source>
        <translation>这不是文字。</translation>
    </message>
    <message>
        <source>Needed before this can be finished; it can be kept without.</source>
        <translation>完成前需要填写；可以先保存。</translation>
    </message>
    <message>
        <source>The weights add up to {total} %; they should be 100 % before this is finished.</source>
        <translation>权重合计 {total}%，完成前应为 100%。</translation>
    </message>
    <message>
        <source>Nobody is in the decision chain yet.</source>
        <translation>决策链中还没有人。</translation>
    </message>
    <message>
        <source>Only one person of the decision chain has been met.</source>
        <translation>决策链中只接触过一个人，风险较大。</translation>
    </message>
    <message>
        <source>Customer sheet filled in</source>
        <translation>填写客户信息收集表</translation>
    </message>
    <message>
        <source>A contact who can be reached</source>
        <translation>记录可联系到的联系人</translation>
    </message>
    <message>
        <source>Contact details verified</source>
        <translation>验证联系方式</translation>
    </message>
    <message>
        <source>Company size verified</source>
        <translation>验证企业规模</translation>
    </message>
    <message>
        <source>Graded A, B or C</source>
        <translation>评定客户等级</translation>
    </message>
    <message>
        <source>Next follow-up arranged</source>
        <translation>安排下次跟进时间</translation>
    </message>
    <message>
        <source>Interview outline prepared</source>
        <translation>完成需求访谈提纲</translation>
    </message>
    <message>
        <source>Explicit and implicit needs recorded</source>
        <translation>记录明确需求与隐性需求</translation>
    </message>
    <message>
        <source>Decision chain adds up to 100 %</source>
        <translation>决策链权重合计 100%</translation>
    </message>
    <message>
        <source>Budget and period confirmed</source>
        <translation>确认预算范围与合作周期</translation>
    </message>
    <message>
        <source>Letter sent within 24 hours</source>
        <translation>24 小时内发出需求确认函</translation>
    </message>
    <message>
        <source>Confirmed by the customer</source>
        <translation>客户签字确认</translation>
    </message>
    <message>
        <source>{open} items are still open. Please give a reason for moving on.</source>
        <translation>还有 {open} 项未完成，请说明继续推进的原因。</translation>
    </message>
    <message>
        <source>This customer has no open opportunity.</source>
        <translation>该客户没有进行中的销售机会。</translation>
    </message>
    <message>
        <source>This customer is in another stage by now. Nothing was changed; please look again.</source>
        <translation>该客户已进入其他阶段，未作任何更改，请重新查看。</translation>
    </message>
    <message>
        <source>Another round has begun with this customer meanwhile. Nothing was changed; please look again.</source>
        <translation>该客户已开始另一轮销售，未作任何更改，请重新查看。</translation>
    </message>
    <message>
        <source>One of the two customers is in the recycle bin. Take it out first.</source>
        <translation>其中一个客户在回收站中，请先还原。</translation>
    </message>
    <message>
        <source>There is a contract from this result already. Change it, or draw up a new result first.</source>
        <translation>已有根据该谈判结果起草的合同，请修改原合同，或先生成新的谈判结果确认单。</translation>
    </message>
    <message>
        <source>Please add a value to compare with, such as &gt;200.</source>
        <translation>请补充比较的值，例如 &gt;200。</translation>
    </message>
    <message>
        <source>This list has no such field.</source>
        <translation>该列表没有此字段。</translation>
    </message>
    <message>
        <source>{count} sheets are too many at once. Please select at most {limit}.</source>
        <translation>一次打印 {count} 份过多，请最多选择 {limit} 份。</translation>
    </message>
    <message>
        <source>This very paper is kept with the record already.</source>
        <translation>该文件已随记录存档。</translation>
    </message>
    <message>
        <source>{{{name}}} is not filled in: a contract has no such value. Known are: {known}.</source>
        <translation>占位符 {{{name}}} 无法填充：合同中没有该项。可用的有：{known}。</translation>
    </message>
    <message>
        <source>No line begins with #: the text has no articles.</source>
        <translation>没有以 # 开头的行：文本未分条。</translation>
    </message>
    <message>
        <source>The text says nothing of payment.</source>
        <translation>文本未约定付款。</translation>
    </message>
    <message>
        <source>The text says nothing of delivery.</source>
        <translation>文本未约定交付。</translation>
    </message>
    <message>
        <source>The text says nothing of acceptance.</source>
        <translation>文本未约定验收。</translation>
    </message>
    <message>
        <source>The text says nothing of liability for breach.</source>
        <translation>文本未约定违约责任。</translation>
    </message>
    <message>
        <source>The text does not say how disputes are settled.</source>
        <translation>文本未约定争议解决方式。</translation>
    </message>
    <message>
        <source>This is before {day}, on which it depends. What you entered stands.</source>
        <translation>早于其所依据的日期 {day}。录入内容予以保留。</translation>
    </message>
    <message>
        <source>This is {amount} yuan. Did you mean 10,000 yuan (万)?</source>
        <translation>当前为 {amount} 元，是否应为“万元”？</translation>
    </message>
    <message>
        <source>This is the last stage.</source>
        <translation>这已经是最后一个阶段。</translation>
    </message>
    <message>
        <source>Please record the customer&apos;s explicit needs first; the letter asks the customer to confirm them.</source>
        <translation>请先填写明确需求，确认函需要客户确认这些内容。</translation>
    </message>
    <message>
        <source>All six modules done</source>
        <translation>六个模块全部完成</translation>
    </message>
    <message>
        <source>Value in figures</source>
        <translation>价值已量化</translation>
    </message>
    <message>
        <source>Promises within what we can do</source>
        <translation>承诺未超出能力范围</translation>
    </message>
    <message>
        <source>Presented to the customer</source>
        <translation>已向客户呈现</translation>
    </message>
    <message>
        <source>Every objection settled</source>
        <translation>异议均已处理</translation>
    </message>
    <message>
        <source>{promised} days are promised, but we need {needed}. Do not promise what we cannot keep.</source>
        <translation>承诺 {promised} 天，而实际需要 {needed} 天。请勿承诺超出能力范围的服务。</translation>
    </message>
    <message>
        <source>Limits set before the talks</source>
        <translation>谈判底线已明确</translation>
    </message>
    <message>
        <source>Key people&apos;s interests and concessions thought through</source>
        <translation>关键人诉求与让步策略已分析</translation>
    </message>
    <message>
        <source>Negotiation recorded</source>
        <translation>谈判已记录</translation>
    </message>
    <message>
        <source>Nothing left open</source>
        <translation>无未达成一致项</translation>
    </message>
    <message>
        <source>Result drawn up</source>
        <translation>谈判结果已整理</translation>
    </message>
    <message>
        <source>Result within our limits</source>
        <translation>结果未突破底线</translation>
    </message>
    <message>
        <source>Reviewed by sales manager and legal</source>
        <translation>销售经理与法务已审核</translation>
    </message>
    <message>
        <source>Please record a negotiation first; the result is drawn up from it.</source>
        <translation>请先记录谈判，再据此整理结果。</translation>
    </message>
    <message>
        <source>Please check the price with your plan before you agree.</source>
        <translation>达成前请先核对价格方案。</translation>
    </message>
    <message>
        <source>Please check the payment term with your plan before you agree.</source>
        <translation>达成前请先核对付款方案。</translation>
    </message>
    <message>
        <source>Please check the delivery time with your plan before you agree.</source>
        <translation>达成前请先核对交付方案。</translation>
    </message>
    <message>
        <source>The price could not be checked with your plan: these words name no single one.</source>
        <translation>这里没有唯一的价格，未能与报价方案核对。</translation>
    </message>
    <message>
        <source>The payment term could not be checked with your plan: these words name no single number of days.</source>
        <translation>这里没有明确的天数，未能与付款方案核对。</translation>
    </message>
    <message>
        <source>The delivery time could not be checked with your plan: these words name no single number of days.</source>
        <translation>这里没有明确的天数，未能与交付方案核对。</translation>
    </message>
    <message>
        <source>“{words}” names no single price, so that none is taken from it. Which amount is to be paid?</source>
        <translation>“{words}”没有唯一的价格，因此不自动取值。请确认实际应付的金额。</translation>
    </message>
    <message>
        <source>No number of days is taken from the words beside it. If there is one, please enter it.</source>
        <translation>未从文字中取天数；如有明确的天数，请填写。</translation>
    </message>
    <message>
        <source>Read as the day {day}, which is no number of days.</source>
        <translation>按日期 {day} 理解，不取天数。</translation>
    </message>
    <message>
        <source>{months} months are counted as {days} days.</source>
        <translation>{months} 个月按 {days} 天计。</translation>
    </message>
    <message>
        <source>Entered more than 24 hours after the talk. It is kept, and marked as late.</source>
        <translation>沟通后超过 24 小时才录入，已保存并标记为迟录。</translation>
    </message>
    <message>
        <source>Contract drafted</source>
        <translation>合同已起草</translation>
    </message>
    <message>
        <source>Complete: parties, price, payment, delivery, acceptance, liability</source>
        <translation>条款完整：主体、价格、付款、交付、验收、违约责任</translation>
    </message>
    <message>
        <source>The same as the negotiation result</source>
        <translation>与谈判结果一致</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签约</translation>
    </message>
    <message>
        <source>Original filed</source>
        <translation>原件已归档</translation>
    </message>
    <message>
        <source>Please draw up the negotiation result first; the contract takes its terms from it.</source>
        <translation>请先整理谈判结果，合同条款由此填写。</translation>
    </message>
    <message>
        <source>The customer&apos;s name as a party is missing.</source>
        <translation>缺少甲方（客户）名称。</translation>
    </message>
    <message>
        <source>Our company as a party is missing.</source>
        <translation>缺少乙方（我方）名称。</translation>
    </message>
    <message>
        <source>The amount is missing.</source>
        <translation>缺少合同金额。</translation>
    </message>
    <message>
        <source>The acceptance standard is missing.</source>
        <translation>验收标准缺失。</translation>
    </message>
    <message>
        <source>The liability for breach is missing.</source>
        <translation>违约责任缺失。</translation>
    </message>
    <message>
        <source>The delivery standard is missing.</source>
        <translation>交付标准缺失。</translation>
    </message>
    <message>
        <source>The payment terms are missing.</source>
        <translation>付款方式缺失。</translation>
    </message>
    <message>
        <source>What is sold is not described.</source>
        <translation>缺少标的物/服务描述。</translation>
    </message>
    <message>
        <source>“{word}” leaves open what is owed. Please say it exactly.</source>
        <translation>“{word}”表述模糊，请写明确。</translation>
    </message>
    <message>
        <source>Empty, with a line to write on in the text.</source>
        <translation>未填写，合同中留有空白横线。</translation>
    </message>
    <message>
        <source>The company has no text of its own for this kind of contract in this language: SalesDesk&apos;s standard text is used. Have it checked, or correct the kind of contract.</source>
        <translation>公司没有该类型合同在此语言下的范本，已改用 SalesDesk 自带的标准文本。请先请人核对，或更正合同类型。</translation>
    </message>
    <message>
        <source>A clause of the text leaves open what is owed: “{word}”.</source>
        <translation>合同文本中有条款约定不明：“{word}”。</translation>
    </message>
    <message>
        <source>This is not what the negotiation result says.</source>
        <translation>与谈判结果不一致。</translation>
    </message>
    <message>
        <source>Signed without approval inside the company.</source>
        <translation>未经内部审批即已签署。</translation>
    </message>
    <message>
        <source>Delivery recorded</source>
        <translation>交付已记录</translation>
    </message>
    <message>
        <source>Customer called within 3 working days</source>
        <translation>3 个工作日内已联系客户</translation>
    </message>
    <message>
        <source>Acceptance confirmed</source>
        <translation>验收已确认</translation>
    </message>
    <message>
        <source>Visit recorded</source>
        <translation>回访已记录</translation>
    </message>
    <message>
        <source>Next visit arranged</source>
        <translation>下次回访已约定</translation>
    </message>
    <message>
        <source>The first contact was due within 3 working days after delivery.</source>
        <translation>交付后首次联系应在 3 个工作日内。</translation>
    </message>
    <message>
        <source>Due by {day}, by the days off as they were published for {years}.</source>
        <translation>应在 {day} 前完成（按已公布的 {years} 年放假安排计算）。</translation>
    </message>
    <message>
        <source>Due by {day}, provisionally: the days off of {years} are not known yet. The office can enter them.</source>
        <translation>暂定应在 {day} 前完成：{years} 年的放假安排尚未公布，行政部可录入。</translation>
    </message>
    <message>
        <source>{day} is a day off.</source>
        <translation>{day} 是休息日。</translation>
    </message>
    <message>
        <source>{day} is probably a day off; the days off of {years} are not known yet.</source>
        <translation>{day} 可能是休息日；{years} 年的放假安排尚未公布。</translation>
    </message>
    <message>
        <source>This line is not understood: “{line}”. Example: 2月5日至11日, or 2027-02-05..2027-02-11</source>
        <translation>这一行未能识别：“{line}”。示例：2月5日至11日，或 2027-02-05..2027-02-11</translation>
    </message>
    <message>
        <source>{days} is off in every year but is not here. Days counted in this year stay provisional.</source>
        <translation>缺少每年都放假的 {days}，本年的工作日计算仍为暂定。</translation>
    </message>
    <message>
        <source>{day} is no weekend: it is worked in any case.</source>
        <translation>{day} 不是周末，本来就上班。</translation>
    </message>
    <message>
        <source>The rule for this grade proposes {proposed}. What you entered stands.</source>
        <translation>按客户等级规则建议 {proposed}，以您填写的日期为准。</translation>
    </message>
    <message>
        <source>By the expected need</source>
        <translation>按预计需求日期建议</translation>
    </message>
    <message>
        <source>By the grade</source>
        <translation>按客户等级建议</translation>
    </message>
    <message>
        <source>By the grade; a day off</source>
        <translation>按客户等级建议；该日是休息日</translation>
    </message>
    <message>
        <source>By the grade; probably a day off (the days off of {years} are not known yet)</source>
        <translation>按客户等级建议；该日可能是休息日（{years} 年的放假安排尚未公布）</translation>
    </message>
    <message>
        <source>Please say why the round was lost.</source>
        <translation>请说明输单原因。</translation>
    </message>
    <message>
        <source>It is not this step&apos;s turn.</source>
        <translation>尚未轮到此环节。</translation>
    </message>
    <message>
        <source>The paper was changed after it was submitted. It has to be submitted again.</source>
        <translation>文件提交后有改动，需重新提交。</translation>
    </message>
    <message>
        <source>This approval has ended; the paper has to be submitted again.</source>
        <translation>本次审批已结束，需重新提交。</translation>
    </message>
    <message>
        <source>What is in approval stands until the paper is submitted again.</source>
        <translation>审批中的内容保持不变，除非单据重新提交。</translation>
    </message>
    <message>
        <source>Nobody decides on his own paper.</source>
        <translation>不能审批自己提交的文件。</translation>
    </message>
    <message>
        <source>You have already decided a step of this paper.</source>
        <translation>您已审批过该文件的一个环节。</translation>
    </message>
    <message>
        <source>This step was handed to somebody else.</source>
        <translation>此环节已转交他人。</translation>
    </message>
    <message>
        <source>This step is for another role.</source>
        <translation>此环节由其他角色审批。</translation>
    </message>
    <message>
        <source>Please give a reason.</source>
        <translation>请填写原因。</translation>
    </message>
    <message>
        <source>Please fill in the marked field before you submit.</source>
        <translation>提交前请填写标出的字段。</translation>
    </message>
    <message>
        <source>This content is already in approval.</source>
        <translation>该内容已在审批中。</translation>
    </message>
    <message>
        <source>This colleague has another role, submitted the paper, or has already decided a step.</source>
        <translation>该同事不是此环节的角色，或是提交人，或已审批过其中一步。</translation>
    </message>
    <message>
        <source>The paper of this step is not here any more.</source>
        <translation>该环节所属文件已不存在。</translation>
    </message>
    <message>
        <source>Who must approve has changed at the office since. Please submit the paper again.</source>
        <translation>办公室的审批权限已变更，请重新提交审批。</translation>
    </message>
    <message>
        <source>A step can only be decided by its approver.</source>
        <translation>审批环节只能由其审批人决定。</translation>
    </message>
    <message>
        <source>Only a manager hands customers over.</source>
        <translation>只有经理可以移交客户。</translation>
    </message>
    <message>
        <source>Please choose another colleague.</source>
        <translation>请选择另一位同事。</translation>
    </message>
    <message>
        <source>A customer cannot be merged with itself.</source>
        <translation>不能与自身合并。</translation>
    </message>
    <message>
        <source>same credit code</source>
        <translation>统一社会信用代码相同</translation>
    </message>
    <message>
        <source>same telephone number</source>
        <translation>联系方式相同</translation>
    </message>
    <message>
        <source>same name</source>
        <translation>名称相同</translation>
    </message>
    <message>
        <source>similar name</source>
        <translation>名称相近</translation>
    </message>
    <message>
        <source>sounds the same</source>
        <translation>读音相同</translation>
    </message>
    <message>
        <source>{name} is larger than {limit_mb} MB. Please make it smaller.</source>
        <translation>{name} 超过 {limit_mb} MB，请缩小后再添加。</translation>
    </message>
    <message>
        <source>This file has not arrived on this computer yet. Sync at the office.</source>
        <translation>该文件尚未同步到本机，请回办公室后同步。</translation>
    </message>
    <message>
        <source>This file is damaged on this computer. Sync to fetch it again.</source>
        <translation>本机上的该文件已损坏，请同步后重新获取。</translation>
    </message>
    <message>
        <source>“{character}” ({code}) cannot be printed: no font has it. Place: {place}</source>
        <translation>“{character}”（{code}）无法打印：字体中没有该字。位置：{place}</translation>
    </message>
    <message>
        <source>The fonts for printing are missing. Please install the program again.</source>
        <translation>缺少打印字体，请重新安装程序。</translation>
    </message>
    <message>
        <source>{name} is larger than {limit_mb} MB and cannot be shown here.</source>
        <translation>{name} 超过 {limit_mb} MB，无法在此显示。</translation>
    </message>
    <message>
        <source>This file is not a PDF that can be shown.</source>
        <translation>该文件不是可显示的 PDF。</translation>
    </message>
    <message>
        <source>This file opens only with a password. Save it without one in the program that you read it with.</source>
        <translation>此文件需要密码才能打开。请用阅读程序另存为无密码的文件。</translation>
    </message>
    <message>
        <source>There is no page {first} to {last}: this paper has {count}. Please choose other pages.</source>
        <translation>没有第 {first} 至 {last} 页：此文件共 {count} 页。请选择其他页码。</translation>
    </message>
    <message>
        <source>The printer does not take the paper. Check that it is switched on and connected, then print again.</source>
        <translation>打印机没有接受这份文件。请检查打印机是否已开机并连接好，然后重新打印。</translation>
    </message>
    <message>
        <source>An internal field must not be on a customer&apos;s paper.</source>
        <translation>内部字段不能出现在客户文件上。</translation>
    </message>
    <message>
        <source>The contract&apos;s text has a blank called “{name}”, but a contract has no such field.</source>
        <translation>合同模板中有占位符“{name}”，但合同没有该字段。</translation>
    </message>
    <message>
        <source>Please enter your name.</source>
        <translation>请填写您的姓名。</translation>
    </message>
    <message>
        <source>Please enter the passphrase.</source>
        <translation>请输入口令。</translation>
    </message>
    <message>
        <source>The two passphrases differ.</source>
        <translation>两次输入的口令不一致。</translation>
    </message>
    <message>
        <source>At least {least} characters, please.</source>
        <translation>口令至少 {least} 个字符。</translation>
    </message>
    <message>
        <source>Wrong passphrase. Check Caps Lock and try again; after five tries each one waits longer.</source>
        <translation>口令不正确。请检查大写锁定后重试；五次之后每次需等待更久。</translation>
    </message>
    <message>
        <source>This computer has no keyring. Please choose a passphrase.</source>
        <translation>本机没有密钥环，请设置口令。</translation>
    </message>
    <message>
        <source>The key is not in this computer&apos;s keyring any more. Restore the keyring, or set up again and sync.</source>
        <translation>系统密钥环中已没有密钥。请恢复密钥环，或重新设置后同步。</translation>
    </message>
    <message>
        <source>The key does not fit this data.</source>
        <translation>密钥与数据不匹配。</translation>
    </message>
    <message>
        <source>This file is not a SalesDesk workspace.</source>
        <translation>该文件不是 SalesDesk 数据。</translation>
    </message>
    <message>
        <source>The data were written by a newer SalesDesk. Nothing was changed. Please install the new version.</source>
        <translation>数据由更新版本的 SalesDesk 写入，未作任何改动。请安装新版本。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was lost; free some space and save again.</source>
        <translation>磁盘已满，没有丢失内容。请清理空间后再保存。</translation>
    </message>
    <message>
        <source>Another program holds the data file. Close it and try again.</source>
        <translation>数据文件正被其他程序占用，请关闭后重试。</translation>
    </message>
    <message>
        <source>The data folder is read-only. Allow writing and try again.</source>
        <translation>数据文件夹为只读，请允许写入后重试。</translation>
    </message>
    <message>
        <source>The data file cannot be opened. Check the folder&apos;s rights.</source>
        <translation>无法打开数据文件，请检查文件夹权限。</translation>
    </message>
    <message>
        <source>The disk reported an error. Nothing was changed; please back up this computer soon.</source>
        <translation>磁盘报告错误，未作任何改动，请尽快备份本机。</translation>
    </message>
    <message>
        <source>The computer refused a file: {detail}</source>
        <translation>系统拒绝访问文件：{detail}</translation>
    </message>
    <message>
        <source>This conflict belongs to a newer version of SalesDesk.</source>
        <translation>该冲突属于更新版本的 SalesDesk。</translation>
    </message>
    <message>
        <source>The record has been deleted meanwhile.</source>
        <translation>该记录已被删除。</translation>
    </message>
    <message>
        <source>This belongs to a newer version of SalesDesk and cannot be taken back here.</source>
        <translation>该操作属于更新版本，无法在此撤销。</translation>
    </message>
    <message>
        <source>{name} was changed again since, so that this cannot be taken back.</source>
        <translation>“{name}”之后又有修改，无法撤销。</translation>
    </message>
    <message>
        <source>It was changed again since and cannot be taken back.</source>
        <translation>之后又有修改，无法撤销。</translation>
    </message>
    <message>
        <source>The office&apos;s answer is too large.</source>
        <translation>办公室的回复过大。</translation>
    </message>
    <message>
        <source>The answer does not come from a SalesDesk office. Check the address.</source>
        <translation>回复并非来自 SalesDesk 办公室服务器，请检查地址。</translation>
    </message>
    <message>
        <source>Please enter the office&apos;s address and your account.</source>
        <translation>请填写办公室地址和账号。</translation>
    </message>
    <message>
        <source>The address must begin with https://</source>
        <translation>地址必须以 https:// 开头。</translation>
    </message>
    <message>
        <source>The office cannot be reached. Everything stays on this computer; try again when you are in its network.</source>
        <translation>无法连接办公室。所有数据都在本机，请在办公室网络中重试。</translation>
    </message>
    <message>
        <source>The office does not answer. Nothing is lost; try again later.</source>
        <translation>办公室没有响应。没有丢失内容，请稍后重试。</translation>
    </message>
    <message>
        <source>The connection was cut. Nothing is lost; the next sync goes on from here.</source>
        <translation>连接中断。没有丢失内容，下次同步将继续。</translation>
    </message>
    <message>
        <source>The office server has a problem. Nothing is lost; try again later.</source>
        <translation>办公室服务器出现问题。没有丢失内容，请稍后重试。</translation>
    </message>
    <message>
        <source>Many are syncing at the moment. Nothing is lost; please try again in a few minutes.</source>
        <translation>现在同步的人很多。没有丢失内容，请过几分钟再试。</translation>
    </message>
    <message>
        <source>Account, password or code is wrong.</source>
        <translation>账号、密码或登记码不正确。</translation>
    </message>
    <message>
        <source>You have a computer at the office already. For another one, ask your office for a code.</source>
        <translation>您已有电脑在办公室登记。登记另一台电脑，请向办公室索取登记码。</translation>
    </message>
    <message>
        <source>Your account is closed. Please ask your office.</source>
        <translation>您的账号已停用，请联系办公室。</translation>
    </message>
    <message>
        <source>The office has locked this computer. It was handed what was not sent yet ({entries} changes). Please ask your office; once you are let in again, sync and go on.</source>
        <translation>办公室已锁定这台电脑，尚未发送的内容（{entries} 项修改）已交给办公室。请联系办公室；恢复之后，再次同步即可继续工作。</translation>
    </message>
    <message>
        <source>The office has locked this computer. Nothing is lost; please ask your office.</source>
        <translation>办公室已锁定这台电脑。没有丢失内容，请联系办公室。</translation>
    </message>
    <message>
        <source>The office lacks this record since it was restored. It takes the change in when the record comes.</source>
        <translation>办公室恢复备份后暂缺这条记录。记录补到之后，这项修改会自动收下。</translation>
    </message>
    <message>
        <source>The office was handed what was not sent yet ({entries} changes), and the data on this computer were removed.</source>
        <translation>尚未发送的内容（{entries} 项修改）已交给办公室，这台电脑上的数据已清除。</translation>
    </message>
    <message>
        <source>The office takes nothing more from this computer. Please ask your office.</source>
        <translation>办公室不再接收这台电脑的内容，请联系办公室。</translation>
    </message>
    <message>
        <source>This computer was let in again. Please sync once more.</source>
        <translation>这台电脑已恢复使用，请再同步一次。</translation>
    </message>
    <message>
        <source>Too many wrong tries. Please wait {seconds} seconds.</source>
        <translation>尝试次数过多，请等待 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Please sign in to the office first.</source>
        <translation>请先登录办公室。</translation>
    </message>
    <message>
        <source>The sign-in ran out. Please sync again.</source>
        <translation>登录已过期，请重新同步。</translation>
    </message>
    <message>
        <source>The office does not know this computer. Please sign in again.</source>
        <translation>办公室不认识这台电脑，请重新登录。</translation>
    </message>
    <message>
        <source>The office has shut this computer out. Please ask your office.</source>
        <translation>办公室已停用这台电脑，请联系办公室。</translation>
    </message>
    <message>
        <source>This computer is signed in for somebody else at the office.</source>
        <translation>这台电脑在办公室登记在他人名下。</translation>
    </message>
    <message>
        <source>These data are a copy of another computer&apos;s. Please sign in again; nothing is lost.</source>
        <translation>此数据是另一台电脑的副本，现已获得新身份，请重新登录。没有丢失内容。</translation>
    </message>
    <message>
        <source>This computer and the office disagree about what was sent. Please tell your office; nothing is lost.</source>
        <translation>本机与办公室的同步记录不一致，请联系办公室。没有丢失内容。</translation>
    </message>
    <message>
        <source>The office runs an older SalesDesk. Your work stays here until it is updated.</source>
        <translation>办公室的 SalesDesk 版本较旧，更新之前数据保留在本机。</translation>
    </message>
    <message>
        <source>You no longer belong to this territory.</source>
        <translation>您已不属于该区域。</translation>
    </message>
    <message>
        <source>Your role may not change this.</source>
        <translation>您的角色无权修改此内容。</translation>
    </message>
    <message>
        <source>Only the office may change this.</source>
        <translation>只有办公室可以修改此内容。</translation>
    </message>
    <message>
        <source>This belongs to a colleague. He or a manager can hand it over.</source>
        <translation>此内容由同事负责，请由其本人或经理移交。</translation>
    </message>
    <message>
        <source>This stays as it was when it was first entered.</source>
        <translation>此内容填写后不可更改。</translation>
    </message>
    <message>
        <source>A record cannot come after itself.</source>
        <translation>记录不能承接自身。</translation>
    </message>
    <message>
        <source>Something between here and the office answered in its place. The file will be sent again.</source>
        <translation>网络中途有其他设备代替办公室作答，文件将重新发送。</translation>
    </message>
    <message>
        <source>The office does not take this kind of information.</source>
        <translation>办公室不接收此类信息。</translation>
    </message>
    <message>
        <source>The office could not read this change and keeps it for a person to look at.</source>
        <translation>办公室无法识别此更改，已保留待人工处理。</translation>
    </message>
    <message>
        <source>The office has another kind of record under this number.</source>
        <translation>办公室中该编号属于另一种表单。</translation>
    </message>
    <message>
        <source>The office does not know this record.</source>
        <translation>办公室没有这条记录。</translation>
    </message>
    <message>
        <source>The office does not have this file yet.</source>
        <translation>办公室还没有该文件。</translation>
    </message>
    <message>
        <source>A file arrived damaged and will be sent again.</source>
        <translation>文件传输损坏，将重新发送。</translation>
    </message>
    <message>
        <source>A file was cut and will go on next time.</source>
        <translation>文件传输中断，下次继续。</translation>
    </message>
    <message>
        <source>A file is too large for the office.</source>
        <translation>文件过大，办公室无法接收。</translation>
    </message>
    <message>
        <source>The local office server did not start.</source>
        <translation>本机办公室服务器未能启动。</translation>
    </message>
    <message>
        <source>SalesDesk made a mistake.</source>
        <translation>SalesDesk 出现内部错误。</translation>
    </message>
    <message>
        <source>Something else was filled in, or is shown otherwise: {names}.</source>
        <translation>表单项被重新填写或显示不同：{names}。</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>无法读取文件：{reason}。</translation>
    </message>
    <message>
        <source>SalesDesk reads .xlsx, .xls, .ods, .csv and tables of web pages, and this is none. Please open it in Excel or WPS and save it as .xlsx.</source>
        <translation>SalesDesk 能读取 .xlsx、.xls、.ods、.csv 和网页表格，这个文件都不是。请用 Excel 或 WPS 打开后另存为 .xlsx。</translation>
    </message>
    <message>
        <source>There is nothing in this file or sheet. Please choose another one.</source>
        <translation>这个文件或工作表里没有内容，请另选一个。</translation>
    </message>
    <message>
        <source>This file is damaged. Please open it in your spreadsheet program and save it anew.</source>
        <translation>文件已损坏，请用表格软件打开并重新保存。</translation>
    </message>
    <message>
        <source>This file is protected. Please enter its password.</source>
        <translation>文件受密码保护，请输入密码。</translation>
    </message>
    <message>
        <source>This file is protected in a way that SalesDesk does not know. Please open it in the program that wrote it and save it without a password.</source>
        <translation>这个文件的加密方式 SalesDesk 不认识。请用写它的程序打开，去掉密码后另存。</translation>
    </message>
    <message>
        <source>There is no table in this web page; it may stand in a folder beside it. Please open the page in Excel or WPS and save it as .xlsx.</source>
        <translation>这个网页里没有表格，可能在旁边的文件夹里。请用 Excel 或 WPS 打开网页，另存为 .xlsx。</translation>
    </message>
    <message>
        <source>This file is too large (more than {limit_mb} MB or too many cells). Please delete the empty rows and columns at its end and save it, or divide it.</source>
        <translation>文件太大（超过 {limit_mb} MB，或单元格过多）。请删除末尾的空行和空列并保存，或拆成几个文件。</translation>
    </message>
    <message>
        <source>The quotation mark &quot; of line {line} is not closed: it would swallow the rows below. Please close it.</source>
        <translation>第 {line} 行的引号 &quot; 没有配对，会吞掉下面的行。请在文件中补上后再导入。</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺少内容</translation>
    </message>
    <message>
        <source>No row of this file can be kept.</source>
        <translation>文件中没有可导入的行。</translation>
    </message>
    <message>
        <source>There is no customer {name}.</source>
        <translation>没有名为“{name}”的客户。</translation>
    </message>
    <message>
        <source>There is no customer {name}, only {alike}. If that is the one, write it like this in the file.</source>
        <translation>没有名为“{name}”的客户，只有“{alike}”。如果是同一家，请在文件中改用这个名称。</translation>
    </message>
    <message>
        <source>The file could not be written: {reason}.</source>
        <translation>无法写入文件：{reason}。</translation>
    </message>
    <message>
        <source>A workbook holds at most {limit} rows. Filter the list first, or save it as .csv.</source>
        <translation>工作簿最多容纳 {limit} 行，请先筛选列表，或另存为 .csv。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring, or the key in it, is locked. Unlock it with its password and try again.</source>
        <translation>本机的密钥环（或其中的密钥）已锁定。请输入密钥环密码解锁后再试。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring does not answer. Look for its question behind other windows, wait a little and try again, or sign out of the computer and in again. On the first start you can use a passphrase instead.</source>
        <translation>本机的密钥环没有应答。请查看其提示是否被其他窗口遮挡，稍候再试，或注销后重新登录电脑。首次启动时也可改用口令。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring, which keeps the key to your data, is not running. Start it (sign out and in again) and try again.</source>
        <translation>保存数据密钥的本机密钥环没有运行。请启动它（注销后重新登录）再试。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring reports an error ({detail}). Try again; if it stays, sign out of the computer and in again. On the first start you can use a passphrase instead.</source>
        <translation>本机的密钥环报告错误（{detail}）。请再试一次；如仍出错，请注销后重新登录电脑。首次启动时也可改用口令。</translation>
    </message>
    <message>
        <source>The key file is damaged. Restore from a backup, which has one of its own.</source>
        <translation>密钥文件已损坏。请从备份恢复，备份中带有密钥文件。</translation>
    </message>
    <message>
        <source>The data file is damaged. Nothing was changed. Choose Backups in your menu, or Restore from a backup at the start. Do not copy files out of the folder “backups”: that can destroy them.</source>
        <translation>数据文件已损坏，没有做任何改动。请在用户菜单中选择“备份”，或在启动时选择“从备份恢复”。请勿自行从“backups”文件夹复制文件，否则可能毁坏数据。</translation>
    </message>
    <message>
        <source>A part of the data file is damaged: {parts}. Everything else works, and what you type is kept as a draft. Sync now if you can, then choose Backups in your menu.</source>
        <translation>数据文件有一部分已损坏：{parts}。其余功能照常可用，您输入的内容会保留为草稿。如有条件请立即同步，然后在用户菜单中选择“备份”。</translation>
    </message>
    <message>
        <source>This backup is damaged and cannot be used.</source>
        <translation>此备份已损坏，无法使用。</translation>
    </message>
    <message>
        <source>No backup was made: the disk is nearly full. Your data are saved; please free some space.</source>
        <translation>未能备份：磁盘空间即将用尽。您的数据已保存，请清理一些空间。</translation>
    </message>
    <message>
        <source>Stopped. Nothing was changed.</source>
        <translation>已停止，没有做任何改动。</translation>
    </message>
    <message>
        <source>The data file is missing. Restore it from a backup.</source>
        <translation>找不到数据文件。请从备份恢复。</translation>
    </message>
    <message>
        <source>The data file names no person. Restore it from a backup.</source>
        <translation>数据文件中没有使用者信息。请从备份恢复。</translation>
    </message>
    <message>
        <source>This is no address. Ask your office for it. Example: https://office.example.com</source>
        <translation>这不是有效的地址，请向办公室询问。例如：https://office.example.com</translation>
    </message>
    <message>
        <source>The address holds an account or a password (before the @). Enter them in their own fields.</source>
        <translation>地址中（@ 之前）含有账号或密码，请填入各自的栏目。</translation>
    </message>
    <message>
        <source>A web server answers there, but no SalesDesk office. Check the address. On a guest network, open a browser and sign in to the network first.</source>
        <translation>该地址有网站应答，但不是 SalesDesk 办公室。请检查地址；如在访客网络，请先打开浏览器登录网络。</translation>
    </message>
    <message>
        <source>This network answers with a page of its own. Open a browser, sign in to the network or accept its terms, then sync again. In a company, ask whether it blocks the office. Nothing is lost.</source>
        <translation>当前网络返回了它自己的网页。请打开浏览器登录网络或同意条款，然后再次同步；如在公司内，请询问是否拦截了办公室地址。没有丢失内容。</translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid. Nothing was sent. Do not go on; ask your office.</source>
        <translation>{host} 的证书无效，没有发送任何内容。请勿继续，并询问办公室。</translation>
    </message>
    <message>
        <source>The certificate of {host} comes from somebody whom this computer does not trust. Nothing was sent. In a company network that looks into connections, or with an authority of its own: have IT install its certificate on this computer. Elsewhere do not go on.</source>
        <translation>{host} 的证书由本机不信任的机构签发，没有发送任何内容。如公司网络会检查加密连接，或公司有自己的证书机构：请让 IT 在本机安装其证书。在其他地方请勿继续。</translation>
    </message>
    <message>
        <source>Another server answers in place of {host}. Nothing was sent. On a guest network, open a browser and sign in first; otherwise check the address.</source>
        <translation>应答的不是 {host}，而是另一台服务器，没有发送任何内容。如在访客网络，请先打开浏览器登录；否则请检查地址。</translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid today. Check this computer&apos;s date and time; if they are right, tell your office.</source>
        <translation>{host} 的证书今天不在有效期内。请检查本机的日期和时间；如无误，请告知办公室。</translation>
    </message>
    <message>
        <source>What answers at {host} does not speak https. Check the address and the number behind the colon.</source>
        <translation>{host} 的应答不是 https。请检查地址和冒号后的端口号。</translation>
    </message>
    <message>
        <source>There is no {host} in this network. Check the address, and whether you are connected (or need your company&apos;s VPN). Everything stays on this computer.</source>
        <translation>在当前网络中找不到 {host}。请检查地址，以及网络是否已连接（或是否需要公司 VPN）。所有内容都保留在本机。</translation>
    </message>
    <message>
        <source>The proxy in this computer&apos;s settings cannot be used: {proxy}. Ask your IT for the right one.</source>
        <translation>本机设置的代理无法使用：{proxy}。请向 IT 询问正确的代理。</translation>
    </message>
    <message>
        <source>The proxy in this computer&apos;s settings does not answer: {proxy}. Outside the company&apos;s network, switch it off.</source>
        <translation>本机设置的代理没有应答：{proxy}。如不在公司网络，请关闭代理。</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not let the connection through ({answer}). Ask your IT to allow the office.</source>
        <translation>代理 {proxy} 不允许此连接（{answer}）。请让 IT 放行办公室地址。</translation>
    </message>
    <message>
        <source>The office took the territory {place} from you before this went. It goes when you get it back.</source>
        <translation>在发送之前，公司收回了您的区域“{place}”。重新获得该区域后会继续发送。</translation>
    </message>
    <message>
        <source>Two people changed this at the same time.</source>
        <translation>两人同时修改了同一内容。</translation>
    </message>
    <message>
        <source>The record is not on this computer any more.</source>
        <translation>本机上已没有这条记录。</translation>
    </message>
    <message>
        <source>The file is not on this computer any more. Please attach it again.</source>
        <translation>本机上已没有该文件，请重新添加。</translation>
    </message>
    <message>
        <source>The file is damaged on this computer. Please attach it again.</source>
        <translation>本机上的该文件已损坏，请重新添加。</translation>
    </message>
    <message>
        <source>This cannot be dropped.</source>
        <translation>此项不能放弃。</translation>
    </message>
    <message>
        <source>SalesDesk is open already and does not answer. Look for its window, or end it in the system&apos;s task manager.</source>
        <translation>SalesDesk 已在运行，但没有应答。请找到它的窗口，或在系统任务管理器中结束它。</translation>
    </message>
    <message>
        <source>The settings hold until SalesDesk ends, but cannot be kept: {reason}. Check the folder of the settings, then save them again.</source>
        <translation>设置在本次运行中有效，但无法保存：{reason}。请检查设置所在的文件夹，然后再次保存。</translation>
    </message>
    <message>
        <source>{address} is no e-mail address.</source>
        <translation>“{address}”不是有效的邮箱地址。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {reason}.</source>
        <translation>无法读取 {name}：{reason}。</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>文件或文件夹不存在</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>access is denied, or another program has it open</source>
        <translation>没有权限，或正被其他程序占用</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>the disk can only be read</source>
        <translation>磁盘为只读</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名称过长</translation>
    </message>
    <message>
        <source>the disk reports an error</source>
        <translation>磁盘出错</translation>
    </message>
    <message>
        <source>A paper that was handed out or signed stays with its record.</source>
        <translation>已发出或已签署的文件须随记录保存，不能移除。</translation>
    </message>
    <message>
        <source>The template for slides cannot be used. Choose a .pptx or .potx file without a password.</source>
        <translation>幻灯片模板无法使用。请选择未加密的 .pptx 或 .potx 文件。</translation>
    </message>
    <message>
        <source>The template for slides is too large. Choose one of at most {limit_mb} MB.</source>
        <translation>幻灯片模板过大。请选择不超过 {limit_mb} MB 的文件。</translation>
    </message>
    <message>
        <source>The template for slides contains macros. Save it as .pptx or .potx and choose that file.</source>
        <translation>幻灯片模板包含宏。请另存为 .pptx 或 .potx 后再选择。</translation>
    </message>
    <message>
        <source>The template for slides, {name}, is not where it was. Choose it again in the settings.</source>
        <translation>找不到幻灯片模板“{name}”。请在设置中重新选择。</translation>
    </message>
    <message>
        <source>This picture is too large for a logo. Please choose one of at most {limit_mb} MB.</source>
        <translation>图片过大，不能用作公司标志。请选择不超过 {limit_mb} MB 的图片。</translation>
    </message>
    <message>
        <source>This picture has more than {limit} million pixels. Please make it smaller; 1000 × 400 is enough.</source>
        <translation>这张图片尺寸过大（超过 {limit}00 万像素），请缩小后再选择，1000 × 400 像素即可。</translation>
    </message>
    <message>
        <source>This file is not a picture that can be read. Please choose a PNG or JPEG file.</source>
        <translation>无法读取此图片。请选择 PNG 或 JPEG 文件。</translation>
    </message>
    <message>
        <source>Nothing is drawn yet. Please sign in the white field.</source>
        <translation>尚未签名，请在白色区域内签名。</translation>
    </message>
    <message>
        <source>This paper is not approved now and cannot be signed. Please submit it first.</source>
        <translation>该文件当前未经审批，不能签署。请先提交审批。</translation>
    </message>
    <message>
        <source>What is signed here was changed and approved anew. Please have the new paper signed by both sides.</source>
        <translation>已签署的内容此后有改动并重新审批。请双方签署新的文件。</translation>
    </message>
    <message>
        <source>One side has signed this paper already. For the other side to sign the same one, open it under Print: {name}</source>
        <translation>这份文件已有一方签字。请另一方在同一份文件上签字：在“打印”中打开 {name}</translation>
    </message>
    <message>
        <source>Both sides have signed this paper already. Open it under Print: {name}</source>
        <translation>这份文件双方均已签字。请在“打印”中打开 {name}</translation>
    </message>
    <message>
        <source>The record was changed after this paper was made: this file says what stood there before.</source>
        <translation>生成这份文件之后记录有改动：文件上仍是改动前的内容。</translation>
    </message>
    <message>
        <source>Still empty. Without it the customer signs for nothing; fill it in before he signs.</source>
        <translation>尚未填写。空着签字等于什么都没有验收，请在客户签字前填好。</translation>
    </message>
    <message>
        <source>“{character}” cannot be printed. Please write the name without it, or otherwise.</source>
        <translation>“{character}”无法打印。请去掉该字符，或换一种写法填写姓名。</translation>
    </message>
    <message>
        <source>Please enter the name of the person who signs.</source>
        <translation>请填写签署人姓名。</translation>
    </message>
    <message>
        <source>The signatures of this file are damaged. Do not rely on it; ask for the original file.</source>
        <translation>此文件的签署信息已损坏，请勿采信，并索取原文件。</translation>
    </message>
    <message>
        <source>The passphrase does not open this file, or it is no certificate file (.p12, .pfx).</source>
        <translation>密码不正确，或该文件不是证书文件（.p12、.pfx）。</translation>
    </message>
    <message>
        <source>This file holds no private key with its certificate. Please export both together as .p12.</source>
        <translation>该文件没有私钥。请将证书与私钥一并导出为 .p12 文件。</translation>
    </message>
    <message>
        <source>A certificate of this kind cannot sign papers. Please ask for one with an RSA or ECDSA key.</source>
        <translation>这种证书不能用于签署文件。请申请 RSA 或 ECDSA 密钥的证书。</translation>
    </message>
    <message>
        <source>This certificate is valid from {day} on. Please choose it then.</source>
        <translation>该证书自 {day} 起生效，请届时再选择。</translation>
    </message>
    <message>
        <source>This certificate expired on {day}. Please ask for a new one.</source>
        <translation>该证书已于 {day} 到期，请申请新证书。</translation>
    </message>
    <message>
        <source>This certificate uses {algorithm}, which proves nothing any more. Please ask for one with RSA-2048 or ECDSA.</source>
        <translation>此证书使用 {algorithm}，已不足以证明任何内容。请申请 RSA-2048 或 ECDSA 证书。</translation>
    </message>
    <message>
        <source>This certificate is for other purposes (encryption, servers) and must not sign. Please ask for one for signatures.</source>
        <translation>此证书用于其他用途（加密、服务器），不得用于签名。请申请签名证书。</translation>
    </message>
    <message>
        <source>This file was changed after it was signed. Please have a new paper signed by both sides.</source>
        <translation>此文件签署后已被改动。请重新出具文件，由双方签署。</translation>
    </message>
    <message>
        <source>What was signed itself was altered.</source>
        <translation>签署的内容本身已被改动。</translation>
    </message>
    <message>
        <source>The signature was altered: it does not belong to its certificate.</source>
        <translation>签名已被改动：与其证书不符。</translation>
    </message>
    <message>
        <source>The end of the file is missing.</source>
        <translation>文件末尾缺失。</translation>
    </message>
    <message>
        <source>The signature leaves out parts of the file.</source>
        <translation>签名未覆盖文件的全部内容。</translation>
    </message>
    <message>
        <source>A signature lies elsewhere than on its place, where it may cover something.</source>
        <translation>有签名不在指定位置，可能遮盖了内容。</translation>
    </message>
    <message>
        <source>It had {before} pages, and has {after} now.</source>
        <translation>原有 {before} 页，现有 {after} 页。</translation>
    </message>
    <message>
        <source>Something else stands on page {pages}.</source>
        <translation>第 {pages} 页的内容已不同。</translation>
    </message>
    <message>
        <source>Notes or pictures were laid over page {pages}, or taken off.</source>
        <translation>第 {pages} 页上有批注或图片被添加或移除。</translation>
    </message>
    <message>
        <source>What the file says of itself was exchanged: its title, its author, or what was approved.</source>
        <translation>文件自身的说明已被替换：标题、作者或所批准的内容。</translation>
    </message>
    <message>
        <source>The files inside it were exchanged.</source>
        <translation>文件内的附件已被替换。</translation>
    </message>
    <message>
        <source>Something that the pages do not show was added or exchanged.</source>
        <translation>页面上看不到的内容被添加或替换。</translation>
    </message>
    <message>
        <source>It was signed on, though the signer permitted no more changes.</source>
        <translation>签署人不允许再改动，之后却又有签名。</translation>
    </message>
    <message>
        <source>It was signed with {algorithm}, which this program does not know. Ask whoever sent it to check it.</source>
        <translation>签名采用 {algorithm}，本程序不支持。请发送方代为验证。</translation>
    </message>
    <message>
        <source>The certificate of the signer is not in the file.</source>
        <translation>文件中没有签署人的证书。</translation>
    </message>
    <message>
        <source>The signature is built in a way that this program does not know, or damaged.</source>
        <translation>签名的结构本程序不认识，或已损坏。</translation>
    </message>
    <message>
        <source>Something was added afterwards that cannot be compared with what was signed.</source>
        <translation>签署后添加的内容无法与原文比对。</translation>
    </message>
    <message>
        <source>It uses {algorithm}, which can be forged today. Have it signed anew if it matters.</source>
        <translation>签名采用 {algorithm}，如今可以伪造。重要文件请重新签署。</translation>
    </message>
    <message>
        <source>It is in use by now. Delete it instead.</source>
        <translation>已有其他内容与之关联，不能撤销；如需移除请直接删除。</translation>
    </message>
    <message>
        <source>It belongs to something in the recycle bin. Restore that first.</source>
        <translation>它所属的记录在回收站里，请先恢复那条记录。</translation>
    </message>
    <message>
        <source>Saved {form}</source>
        <translation>保存{form}</translation>
    </message>
    <message>
        <source>Imported {form}</source>
        <translation>导入{form}</translation>
    </message>
    <message>
        <source>Added a file</source>
        <translation>添加了文件</translation>
    </message>
    <message>
        <source>Removed a file</source>
        <translation>移除了文件</translation>
    </message>
    <message>
        <source>Kept a paper</source>
        <translation>存档了文件</translation>
    </message>
    <message>
        <source>Copied the standard text of contracts</source>
        <translation>复制标准合同文本</translation>
    </message>
    <message>
        <source>Signed a paper</source>
        <translation>签署文件</translation>
    </message>
    <message>
        <source>Deleted {form}</source>
        <translation>删除{form}</translation>
    </message>
    <message>
        <source>Moved to the next stage</source>
        <translation>进入下一阶段</translation>
    </message>
    <message>
        <source>Prepared the interview outline</source>
        <translation>准备沟通提纲</translation>
    </message>
    <message>
        <source>Issued the confirmation letter</source>
        <translation>生成需求确认函</translation>
    </message>
    <message>
        <source>Sent the confirmation letter</source>
        <translation>发出需求确认函</translation>
    </message>
    <message>
        <source>The customer confirmed</source>
        <translation>客户确认</translation>
    </message>
    <message>
        <source>Settled a conflict</source>
        <translation>处理冲突</translation>
    </message>
    <message>
        <source>Took back a change</source>
        <translation>撤销操作</translation>
    </message>
    <message>
        <source>Sample data</source>
        <translation>示例数据</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Restored {form}</source>
        <translation>恢复了{form}</translation>
    </message>
    <message>
        <source>Prepared the proposal</source>
        <translation>准备方案</translation>
    </message>
    <message>
        <source>Answered an objection</source>
        <translation>应答异议</translation>
    </message>
    <message>
        <source>Began a negotiation</source>
        <translation>开始谈判记录</translation>
    </message>
    <message>
        <source>Drew up the negotiation result</source>
        <translation>整理谈判结果</translation>
    </message>
    <message>
        <source>Drafted the contract</source>
        <translation>起草合同</translation>
    </message>
    <message>
        <source>Submitted for approval</source>
        <translation>提交审批</translation>
    </message>
    <message>
        <source>Decided on the approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Handed on the approval</source>
        <translation>转交审批</translation>
    </message>
    <message>
        <source>Closed the round</source>
        <translation>结束本轮</translation>
    </message>
    <message>
        <source>Started the next round</source>
        <translation>启动新一轮</translation>
    </message>
    <message>
        <source>Merged two customers</source>
        <translation>合并客户</translation>
    </message>
    <message>
        <source>Handed customers over</source>
        <translation>移交客户</translation>
    </message>
    <message>
        <source>Sent again what the office had not taken</source>
        <translation>重新发送公司未接收的内容</translation>
    </message>
    <message>
        <source>Dropped what the office had not taken</source>
        <translation>放弃公司未接收的内容</translation>
    </message>
    <message>
        <source>Changed several at once</source>
        <translation>批量修改</translation>
    </message>
    <message>
        <source>Perhaps made a number by the spreadsheet program ({text}). Please write it as text in the file.</source>
        <translation>可能被表格软件改成了数字（{text}）。请在文件中把这一格设为文本后重新填写。</translation>
    </message>
    <message>
        <source>Yuan or 10,000 yuan ({text})? Please say above the table what the column means.</source>
        <translation>单位是元还是万元（{text}）？请在表格上方说明这一列的单位。</translation>
    </message>
    <message>
        <source>The heading names one unit and this cell another ({text}). Please write 22万元 or 220000元.</source>
        <translation>表头的单位与这一格不一致（{text}）。请写成 22万元 或 220000元。</translation>
    </message>
    <message>
        <source>This is no amount in yuan ({text}). Please convert it.</source>
        <translation>这不是人民币金额（{text}），请换算。</translation>
    </message>
    <message>
        <source>{text} may be a percentage or a share of 1. Please write it with %.</source>
        <translation>{text} 可能是百分数，也可能是比例，请写上 %。</translation>
    </message>
    <message>
        <source>Several people in one cell; what the row says besides goes to {name}. Please check it.</source>
        <translation>一格里有几个人，这一行的其他内容归{name}，请核对。</translation>
    </message>
    <message>
        <source>This belongs to row {row}, which cannot be kept. Please put that one right first.</source>
        <translation>属于第 {row} 行，而那一行不能导入，请先改那一行。</translation>
    </message>
    <message>
        <source>The spreadsheet program reports {text} here. Please put it right in the file.</source>
        <translation>这一格是表格软件的错误值 {text}，请在文件中改正。</translation>
    </message>
    <message>
        <source>This formula ({formula}) has no result in the file. Please open the file in Excel or WPS and save it again.</source>
        <translation>这个公式（{formula}）在文件中没有计算结果。请用 Excel 或 WPS 打开文件，保存后再导入。</translation>
    </message>
    <message>
        <source>a row of totals</source>
        <translation>合计行</translation>
    </message>
    <message>
        <source>the heading once more</source>
        <translation>重复的标题行</translation>
    </message>
    <message>
        <source>a line about the table</source>
        <translation>制表说明，不是数据</translation>
    </message>
    <message>
        <source>en</source>
        <extracomment>The two letters of the language that this is a translation to: zh</extracomment>
        <translation>zh</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>the search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>the history and what waits for the office</source>
        <translation>历史记录与待同步内容</translation>
    </message>
    <message>
        <source>the program&apos;s own notes</source>
        <translation>程序自身的记录</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>公司服务器</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>SalesDesk {salesdesk} with SQLite {sqlite} on {system}.</source>
        <translation>SalesDesk {salesdesk}，SQLite {sqlite}，{system}。</translation>
    </message>
    <message>
        <source>{free} MB are free.</source>
        <translation>剩余 {free} MB。</translation>
    </message>
    <message>
        <source>Only {free} MB are free. Please make room: saving, backups and papers need some.</source>
        <translation>只剩 {free} MB。请腾出空间：保存、备份和文件都需要。</translation>
    </message>
    <message>
        <source>Your data opens with your passphrase. Nobody can give it back when it is forgotten.</source>
        <translation>数据由您的口令打开。忘记了，谁也找不回来。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring holds the key and gives it out.</source>
        <translation>密钥保存在本机的钥匙串里，可以取出。</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring holds another key: SalesDesk will not open again. Please sync now, before you close it, and then ask your administrator.</source>
        <translation>本机钥匙串里是另一把密钥：SalesDesk 关闭后将无法再打开。请先立即同步，然后联系管理员。</translation>
    </message>
    <message>
        <source>Never synced. {waiting} changes are on this computer alone; F5 brings them to the office.</source>
        <translation>从未同步。{waiting} 处更改只在这台电脑上；按 F5 送到公司。</translation>
    </message>
    <message>
        <source>Synced {when}; {waiting} changes wait.</source>
        <translation>{when} 已同步；{waiting} 处更改待发送。</translation>
    </message>
    <message>
        <source>Compared with the office&apos;s at the next sync.</source>
        <translation>下次同步时与公司的时钟核对。</translation>
    </message>
    <message>
        <source>Agreed with the office&apos;s at the last sync.</source>
        <translation>上次同步时与公司的时钟一致。</translation>
    </message>
    <message>
        <source>It was {minutes} minutes behind the office&apos;s at the last sync. Please set this computer&apos;s time.</source>
        <translation>上次同步时比公司的时钟慢 {minutes} 分钟。请校准本机时间。</translation>
    </message>
    <message>
        <source>It was {minutes} minutes ahead of the office&apos;s at the last sync. Please set this computer&apos;s time.</source>
        <translation>上次同步时比公司的时钟快 {minutes} 分钟。请校准本机时间。</translation>
    </message>
    <message>
        <source>There is none yet. One is made every day; Backups, in the menu, makes one now.</source>
        <translation>还没有备份。每天会自动备份；也可以在菜单“备份”里立即备份。</translation>
    </message>
    <message>
        <source>The newest of {count}, of {when}, opens; {customers} customers are in it.</source>
        <translation>共 {count} 份，最新一份（{when}）可以打开，内有 {customers} 位客户。</translation>
    </message>
    <message>
        <source>All {size} MB were read; every page is whole.</source>
        <translation>{size} MB 全部读过，每一页都完好。</translation>
    </message>
</context>
<context>
    <name>notify</name>
    <message>
        <source>{label}: {said}</source>
        <translation>{label}：{said}</translation>
    </message>
    <message>
        <source>Empty, with a line to write on in the text: {fields}</source>
        <translation>未填写，合同中留有空白横线：{fields}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
</TS>
