# الصفحات التي تقول ما الذي رُفض ولماذا وكيف يمكن المتابعة.

refusal-label = مرفوض
refusal-status = الحالة { $status }.
refusal-ways-on = للمتابعة:
refusal-not-found = لا توجد صفحة في هذا العنوان
refusal-not-found-why = لا شيء في { $path }. ربما كُتب العنوان خطأً، أو لم توجد الصفحة قط: العناوين هنا لا تتغير.
refusal-unknown = لا شيء بهذا الاسم هنا
refusal-unknown-why = المعرّف «{ $id }» ليس في هذا الإصدار من الأدلة.
refusal-see-list = انظر القائمة كاملة
refusal-parameter = لا يمكن استعمال مرشِّح في العنوان
refusal-parameter-why = قيمة { $name } هي «{ $value }». ما يمكن أن يكون هناك: { $accepted }.
refusal-without-filter = الصفحة نفسها من دون هذا المرشِّح
refusal-without-filters = الصفحة نفسها من دون أي مرشِّح
refusal-address = لا يمكن قراءة العنوان
refusal-address-why = فيه رموز ليست من UTF-8، أو أكثر من { $most } رمز من المرشِّحات.
refusal-method = هذه الصفحة للقراءة فقط
refusal-method-why = لا شيء في هذا الموقع يُغيَّر من متصفح. اطلب بـ GET أو HEAD.
refusal-internal = تعطّل شيء هنا، لا عندك
refusal-internal-why = تعذّر إعداد الصفحة. الخلل في برنامج هذا الموقع؛ الصفحات الأخرى ما زالت تعمل، وقد يعمل العنوان نفسه لاحقًا.
